"""Who opens a socket."""

from pydantic import BaseModel

from app.schemas.permissions.base import Permission
from app.schemas.sockets.credential import Shown


class Visitor(BaseModel):
    """A principal, and what it showed; ``name`` is its subject."""

    name: str
    permissions: frozenset[Permission]
    credential: Shown
