"""A new key, for anybody."""

from app.schemas.api_key import NewKey, Subject


class ApiKeyCreate(NewKey):
    """``subject`` names the owner; without, it is whoever makes the key."""

    subject: Subject | None = None
