"""Whose keys there are: of whoever they are made for."""

from app.core.database.session import Session
from app.schemas.api_key_create import ApiKeyCreate
from app.schemas.permissions.base import Permission, permissions
from app.schemas.permissions.keys import KeyPermission
from app.schemas.principal import Principal


async def allowed(_subject: str, _session: Session) -> frozenset[Permission] | None:
    """Set no limit but the key's own: nothing else is known of its owner."""
    return frozenset(permissions())


def owner_of(body: ApiKeyCreate, maker: Principal) -> str:
    """Say whose a new key is: its maker's, unless it is made for somebody else."""
    return body.subject or maker.subject


def seen_by(principal: Principal) -> str | None:
    """Say whose keys somebody sees: their own, or all, which is None."""
    return None if KeyPermission.WRITE in principal.permissions else principal.subject
