"""Who opens a socket."""

from pydantic import BaseModel

from app.schemas.permissions.base import Permission


class Visitor(BaseModel):
    """The owner of a key; ``name`` is its subject."""

    name: str
    permissions: frozenset[Permission]
