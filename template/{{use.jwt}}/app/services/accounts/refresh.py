"""Staying signed in: a refresh token for the next two tokens."""

from functools import partial

import structlog

from app.core.database.again import again
from app.core.database.session import Database, transaction
from app.core.security.access import UnauthenticatedError
from app.core.security.tokens import Claims, digest
from app.models.utc import utc_now
from app.repositories.accounts.user_session import UserSessionRepository
from app.schemas.accounts.auth import TokenPair
from app.services.accounts.session_tokens import SessionTokens

log = structlog.stdlib.get_logger()


class RefreshService:
    """Rotates refresh tokens (RFC 9700, section 4.14.2).

    It has transactions of its own: that a session is revoked holds although the answer is an error.
    """

    def __init__(self, database: Database, session_tokens: SessionTokens) -> None:
        self.database = database
        self.session_tokens = session_tokens

    async def refresh(self, token: str) -> TokenPair:
        """Exchange the session's one good refresh token, or raise UnauthenticatedError."""
        claims = self.session_tokens.tokens.read_refresh(token)
        successor = self.session_tokens.next_refresh(claims)
        if not await again(partial(self.rotate, claims, digest(token), digest(successor))):
            raise UnauthenticatedError("The refresh token is not valid any more.")
        return self.session_tokens.pair(claims.subject, claims.session_id, successor)

    async def rotate(self, claims: Claims, old: str, new: str) -> bool:
        """Exchange the digest; an old token, used again, ends the session for whoever has it."""
        now = utc_now()
        async with transaction(self.database) as session:
            sessions = UserSessionRepository(session)
            if await sessions.rotate(claims.session_id, old, new, now):
                return True
            if await sessions.revoke(claims.session_id, int(claims.subject), now):
                log.warning("refresh token used again", user_id=claims.subject)
            return False
