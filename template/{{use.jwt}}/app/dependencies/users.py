"""Users, within the request's transaction, and what it takes to see and change them."""

from typing import Annotated, Final

from fastapi import Depends

from app.dependencies.auth import require
from app.dependencies.database import SessionDep
from app.schemas.permissions.users import UserPermission
from app.schemas.principal import Principal
from app.services.accounts.user import UserService


async def get_user_service(session: SessionDep) -> UserService:
    """Put the layers together."""
    return UserService(session)


UserServiceDep = Annotated[UserService, Depends(get_user_service)]

REQUIRE_USERS_READ: Final = require(UserPermission.READ)
UserAdministrator = Annotated[Principal, require(UserPermission.WRITE)]
