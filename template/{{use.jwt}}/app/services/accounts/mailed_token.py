"""Tokens that prove who reads an e-mail."""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from app.config.auth import AuthSettings
from app.core.database.session import Session
from app.core.security.account_errors import InvalidTokenError
from app.core.security.tokens import digest
from app.models.accounts.user import User
from app.models.accounts.user_token import UserToken
from app.models.utc import utc_now
from app.repositories.accounts.user import UserRepository
from app.repositories.accounts.user_token import UserTokenRepository
from app.schemas.accounts.user_token import Purpose

REFUSAL: Final = "The token is not valid, or not valid any more."


class MailedTokens:
    """Random, stored as digests, good once and for a while (ASVS 6.5)."""

    def __init__(self, settings: AuthSettings) -> None:
        self.interval = settings.mail_interval
        self.lifetimes: Mapping[Purpose, timedelta] = {
            Purpose.VERIFY_EMAIL: settings.verification_ttl,
            Purpose.RESET_PASSWORD: settings.password_reset_ttl,
        }

    async def is_due(self, session: Session, user_id: int, purpose: Purpose) -> bool:
        """Tell whether a user, who is locked, may be sent another one (OWASP API4:2023)."""
        latest = utc_now() - self.interval
        return not await UserTokenRepository(session).was_added_since(user_id, purpose, latest)

    async def issue(self, session: Session, user_id: int, purpose: Purpose) -> str:
        """Make a token for a user who is locked; an older one is good for nothing from now on."""
        token = secrets.token_urlsafe(32)
        tokens = UserTokenRepository(session)
        await tokens.discard(user_id, purpose)
        await tokens.add(
            {
                "user_id": user_id,
                "purpose": purpose,
                "digest": digest(token),
                "expires_at": utc_now() + self.lifetimes[purpose],
            }
        )
        return token

    async def user_of(self, session: Session, token: str, purpose: Purpose) -> User:
        """Find whom a token was sent to, or raise InvalidTokenError."""
        found = await self.find(session, token, purpose)
        return usable(await UserRepository(session).get(found.user_id))

    async def use_up(self, session: Session, token: str, purpose: Purpose) -> User:
        """Take a token, which nobody can twice, and lock whom it was sent to."""
        found = await self.find(session, token, purpose)
        user = usable(await UserRepository(session).lock(found.user_id))
        if not await UserTokenRepository(session).use_up(found.id):
            raise InvalidTokenError(REFUSAL)
        return user

    async def find(self, session: Session, token: str, purpose: Purpose) -> UserToken:
        """Find a token that is good for this."""
        found = await UserTokenRepository(session).find(digest(token), purpose, utc_now())
        if found is None:
            raise InvalidTokenError(REFUSAL)
        return found


def usable(user: User | None) -> User:
    """Refuse the token of who is deactivated."""
    if user is None or not user.is_active:
        raise InvalidTokenError(REFUSAL)
    return user
