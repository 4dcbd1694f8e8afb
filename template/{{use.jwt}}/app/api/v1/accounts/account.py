"""/users/me."""

from http import HTTPStatus

from fastapi import APIRouter

from app.api.errors import problems
from app.core.errors import ConflictError
from app.core.security.access import ForbiddenError, UnauthenticatedError
from app.core.security.account_errors import TooManyAttemptsError
from app.dependencies.accounts import AccountServiceDep
from app.dependencies.client import NO_STORE, AddressDep
from app.dependencies.sessions import ClaimsDep, CurrentUser
from app.models.accounts.user import User
from app.schemas.accounts.auth import TokenPair
from app.schemas.accounts.user import Deactivation, PasswordChange, UserRead

router = APIRouter(prefix="/users/me", tags=["users"])

PROOF_ERRORS = (UnauthenticatedError, ForbiddenError, TooManyAttemptsError)


@router.get("", response_model=UserRead, responses=problems(UnauthenticatedError))
async def read_current_user(user: CurrentUser) -> User:
    """Read the account of whoever asks."""
    return user


@router.post(
    "/password",
    response_model=TokenPair,
    dependencies=[NO_STORE],
    responses=problems(*PROOF_ERRORS, reads_body=True),
)
async def change_password(
    body: PasswordChange, claims: ClaimsDep, address: AddressDep, account: AccountServiceDep
) -> TokenPair:
    """Set another password; all sessions end, and a new one begins."""
    return await account.change_password(claims, body, address)


@router.post(
    "/deactivate",
    status_code=HTTPStatus.NO_CONTENT,
    responses=problems(*PROOF_ERRORS, ConflictError, reads_body=True),
)
async def deactivate(
    body: Deactivation, claims: ClaimsDep, address: AddressDep, account: AccountServiceDep
) -> None:
    """Close the account; all sessions end, and only an administrator opens it again."""
    await account.deactivate(claims, body.password, address)
