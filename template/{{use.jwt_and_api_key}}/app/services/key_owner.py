"""Whose keys there are: of users, each their own."""

from app.core.database.session import Session
from app.repositories.accounts.user import UserRepository
from app.schemas.accounts.role import PERMISSIONS, Role
from app.schemas.api_key_create import ApiKeyCreate
from app.schemas.permissions.base import Permission
from app.schemas.principal import Principal


async def allowed(subject: str, session: Session) -> frozenset[Permission] | None:
    """Say what a user may do by now; None when they are gone or deactivated."""
    user = await UserRepository(session).get(int(subject))
    if user is None or not user.is_active:
        return None
    return PERMISSIONS[Role(user.role)]


def owner_of(_: ApiKeyCreate, maker: Principal) -> str:
    """Say whose a new key is: its maker's."""
    return maker.subject


def seen_by(principal: Principal) -> str:
    """Say whose keys somebody sees: their own."""
    return principal.subject
