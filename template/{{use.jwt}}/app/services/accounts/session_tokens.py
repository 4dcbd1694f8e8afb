"""The two tokens that a session is used with."""

from uuid import uuid4

from app.config.auth import AuthSettings
from app.core.database.session import Session
from app.core.security.tokens import Claims, Tokens, digest
from app.models.utc import utc_now
from app.repositories.accounts.user_session import UserSessionRepository
from app.schemas.accounts.auth import TokenPair


class SessionTokens:
    """Makes tokens; of a refresh token, only the digest is stored (ASVS 9.2, 10.4)."""

    def __init__(self, tokens: Tokens, settings: AuthSettings) -> None:
        self.tokens = tokens
        self.settings = settings

    async def begin(self, session: Session, user_id: int, address: str) -> TokenPair:
        """Begin a session, in the caller's transaction."""
        session_id = uuid4().hex
        expires_at = utc_now() + self.settings.refresh_token_ttl
        refresh = self.tokens.refresh(str(user_id), session_id, expires_at)
        await UserSessionRepository(session).add(
            {
                "id": session_id,
                "user_id": user_id,
                "refresh_digest": digest(refresh),
                "expires_at": expires_at,
                "address": address,
            }
        )
        return self.pair(str(user_id), session_id, refresh)

    def next_refresh(self, claims: Claims) -> str:
        """Make the refresh token that follows another; the session does not last longer by it."""
        return self.tokens.refresh(claims.subject, claims.session_id, claims.expires_at)

    def pair(self, subject: str, session_id: str, refresh: str) -> TokenPair:
        """Add an access token."""
        return TokenPair(
            access_token=self.tokens.access(subject, session_id),
            refresh_token=refresh,
            expires_in=round(self.settings.access_token_ttl.total_seconds()),
        )
