"""/auth: tokens."""

from http import HTTPStatus

from fastapi import APIRouter

from app.api.errors import problems
from app.core.security.access import UnauthenticatedError
from app.core.security.account_errors import TooManyAttemptsError
from app.dependencies.accounts import RefreshServiceDep, SignInForm, SignInServiceDep
from app.dependencies.client import NO_STORE, AddressDep
from app.dependencies.sessions import ClaimsDep, SessionServiceDep
from app.schemas.accounts.auth import Refresh, TokenPair

router = APIRouter(prefix="/auth", tags=["auth"], dependencies=[NO_STORE])


@router.post(
    "/login",
    response_model=TokenPair,
    responses=problems(UnauthenticatedError, TooManyAttemptsError, reads_body=True),
)
async def sign_in(
    form: SignInForm,
    address: AddressDep,
    service: SignInServiceDep,
) -> TokenPair:
    """Sign in with an e-mail, as `username`, and a password."""
    return await service.sign_in(form.username, form.password, address)


@router.post(
    "/refresh",
    response_model=TokenPair,
    responses=problems(UnauthenticatedError, reads_body=True),
)
async def refresh(body: Refresh, service: RefreshServiceDep) -> TokenPair:
    """Exchange the refresh token, which is good once."""
    return await service.refresh(body.refresh_token)


@router.post("/logout", status_code=HTTPStatus.NO_CONTENT, responses=problems(UnauthenticatedError))
async def sign_out(claims: ClaimsDep, sessions: SessionServiceDep) -> None:
    """End this session."""
    await sessions.end(claims, claims.session_id)


@router.post(
    "/logout-everywhere",
    status_code=HTTPStatus.NO_CONTENT,
    responses=problems(UnauthenticatedError),
)
async def sign_out_everywhere(claims: ClaimsDep, sessions: SessionServiceDep) -> None:
    """End all sessions of this user."""
    await sessions.end_all(claims)
