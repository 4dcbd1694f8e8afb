"""/users: for administrators."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from app.api.errors import problems
from app.core.errors import ConflictError, NotFoundError
from app.core.security.access import ForbiddenError, UnauthenticatedError
from app.dependencies.users import REQUIRE_USERS_READ, UserAdministrator, UserServiceDep
from app.models.accounts.user import User
from app.schemas.accounts.user import UserQuery, UserRead, UserUpdate
from app.schemas.page import Page, Slice

router = APIRouter(prefix="/users", tags=["users"])

UserId = Annotated[int, Path(ge=1, le=2**63 - 1)]
ACCESS_ERRORS = (UnauthenticatedError, ForbiddenError)


@router.get(
    "",
    response_model=Page[UserRead],
    dependencies=[REQUIRE_USERS_READ],
    responses=problems(*ACCESS_ERRORS),
)
async def list_users(query: Annotated[UserQuery, Query()], users: UserServiceDep) -> Slice[User]:
    """Read one page of users."""
    return await users.list(query)


@router.get(
    "/{user_id:int}",
    response_model=UserRead,
    dependencies=[REQUIRE_USERS_READ],
    responses=problems(*ACCESS_ERRORS, NotFoundError),
)
async def read_user(user_id: UserId, users: UserServiceDep) -> User:
    """Read one user."""
    return await users.get(user_id)


@router.patch(
    "/{user_id:int}",
    response_model=UserRead,
    responses=problems(*ACCESS_ERRORS, ConflictError, NotFoundError, reads_body=True),
)
async def update_user(
    user_id: UserId, body: UserUpdate, administrator: UserAdministrator, users: UserServiceDep
) -> User:
    """Give a user another role, or deactivate them, which ends all of their sessions."""
    return await users.update(user_id, body, administrator)
