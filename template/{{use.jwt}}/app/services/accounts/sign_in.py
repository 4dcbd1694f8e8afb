"""Signing in: an e-mail and a password for two tokens."""

from typing import Final

import structlog

from app.core.database.session import Database, transaction
from app.core.security.access import UnauthenticatedError
from app.core.security.passwords import Passwords, Verdict
from app.models.accounts.user import User
from app.models.utc import utc_now
from app.repositories.accounts.user import UserRepository
from app.repositories.accounts.user_session import UserSessionRepository
from app.repositories.accounts.user_token import UserTokenRepository
from app.schemas.accounts.auth import TokenPair
from app.schemas.accounts.email import parse_email
from app.services.accounts.login_failure import LoginLimiter
from app.services.accounts.session_tokens import SessionTokens

log = structlog.stdlib.get_logger()

REFUSAL: Final = "Wrong e-mail or password, or the e-mail is not verified."


class SignInService:
    """Proves a password. No connection to the database is held while it is hashed."""

    def __init__(
        self,
        database: Database,
        passwords: Passwords,
        session_tokens: SessionTokens,
        limiter: LoginLimiter,
    ) -> None:
        self.database = database
        self.passwords = passwords
        self.session_tokens = session_tokens
        self.limiter = limiter

    async def sign_in(self, username: str, password: str, address: str) -> TokenPair:
        """Begin a session, or raise UnauthenticatedError.

        The answer and its time are alike for whoever is unknown, unverified or deactivated, and
        for a wrong password (OWASP API2:2023, ASVS 6.3.8).
        """
        user = await self.find(parse_email(username))
        await self.limiter.admit(user.email if user else username, user, address)
        verdict = await self.passwords.verify(password, user.password_hash if user else None)
        if user is None or not verdict.valid or not may_sign_in(user):
            log.info("sign-in refused", client=address)
            raise UnauthenticatedError(REFUSAL, code="invalid_credentials")
        return await self.begin_session(user, verdict, address)

    async def find(self, email: str | None) -> User | None:
        """Find the user, and forget what has expired, of anybody."""
        async with transaction(self.database) as session:
            await UserSessionRepository(session).delete_expired(utc_now())
            await UserTokenRepository(session).delete_expired(utc_now())
            return await UserRepository(session).get_by_email(email) if email else None

    async def begin_session(self, user: User, verdict: Verdict, address: str) -> TokenPair:
        """Begin a session, unless the user was changed while the password was hashed."""
        async with transaction(self.database) as session:
            users = UserRepository(session)
            locked = await users.lock(user.id)
            if locked is None or not same_credentials(locked, user):
                raise UnauthenticatedError(REFUSAL, code="invalid_credentials")
            if verdict.new_hash is not None:
                await users.update(locked, {"password_hash": verdict.new_hash})
            await self.limiter.succeeded(session, user.email, address)
            return await self.session_tokens.begin(session, user.id, address)


def may_sign_in(user: User) -> bool:
    """Want a verified e-mail and an account that is not deactivated."""
    return user.is_active and user.verified_at is not None


def same_credentials(locked: User, user: User) -> bool:
    """Tell whether what was proven to ``user`` still holds."""
    return may_sign_in(locked) and locked.password_hash == user.password_hash
