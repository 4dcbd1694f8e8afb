"""/auth/sessions."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path

from app.api.errors import problems
from app.core.errors import NotFoundError
from app.core.security.access import UnauthenticatedError
from app.dependencies.sessions import ClaimsDep, SessionServiceDep
from app.schemas.accounts.auth import SessionRead

router = APIRouter(prefix="/auth/sessions", tags=["auth"])

SessionId = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]


@router.get("", response_model=list[SessionRead], responses=problems(UnauthenticatedError))
async def list_sessions(claims: ClaimsDep, sessions: SessionServiceDep) -> list[SessionRead]:
    """List where this user is signed in."""
    return await sessions.list(claims)


@router.delete(
    "/{session_id}",
    status_code=HTTPStatus.NO_CONTENT,
    responses=problems(UnauthenticatedError, NotFoundError),
)
async def end_session(
    session_id: SessionId, claims: ClaimsDep, sessions: SessionServiceDep
) -> None:
    """End a session of this user."""
    await sessions.end(claims, session_id)
