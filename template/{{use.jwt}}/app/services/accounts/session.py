"""Sessions, and who they belong to."""

from app.core.errors import NotFoundError
from app.core.security.access import UnauthenticatedError
from app.core.security.tokens import Claims
from app.models.accounts.user import User
from app.models.utc import utc_now
from app.repositories.accounts.user_session import UserSessionRepository
from app.schemas.accounts.auth import SessionRead
from app.schemas.accounts.role import PERMISSIONS, Role
from app.schemas.principal import Principal


class SessionService:
    """Looks a session up on each request, so that whatever ends it does so at once (ASVS 7.4)."""

    def __init__(self, sessions: UserSessionRepository) -> None:
        self.sessions = sessions

    async def user_of(self, claims: Claims) -> User:
        """Find the user of a session that has not ended, or raise UnauthenticatedError."""
        user = await self.sessions.find_user(claims.session_id, utc_now())
        if user is None or str(user.id) != claims.subject:
            raise UnauthenticatedError("The session has ended.")
        return user

    async def principal_of(self, claims: Claims) -> Principal:
        """Say who a session's user is to the rest of the service."""
        user = await self.user_of(claims)
        return Principal(str(user.id), PERMISSIONS[Role(user.role)])

    async def list(self, claims: Claims) -> list[SessionRead]:
        """List the sessions of a session's user, the newest first."""
        user = await self.user_of(claims)
        return [
            SessionRead(
                id=each.id,
                created_at=each.created_at,
                last_used_at=each.last_used_at,
                expires_at=each.expires_at,
                address=each.address,
                current=each.id == claims.session_id,
            )
            for each in await self.sessions.list_open(user.id, utc_now())
        ]

    async def end(self, claims: Claims, session_id: str) -> None:
        """End a session of the same user (OWASP API1:2023)."""
        user = await self.user_of(claims)
        if not await self.sessions.revoke(session_id, user.id, utc_now()):
            raise NotFoundError("There is no such session.", code="session_not_found")

    async def end_all(self, claims: Claims) -> None:
        """End all sessions of the same user."""
        user = await self.user_of(claims)
        await self.sessions.revoke_all(user.id, utc_now())
