"""A new key, for whoever makes it."""

from app.schemas.api_key import NewKey


class ApiKeyCreate(NewKey):
    """What a user may ask of a new key."""
