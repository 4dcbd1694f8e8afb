"""Rows for tests of the repositories."""

from datetime import timedelta
from typing import Final
from uuid import uuid4

from app.core.database.session import Session
from app.models.accounts.user import User
from app.models.accounts.user_session import UserSession
from app.models.accounts.user_token import UserToken
from app.models.utc import utc_now
from app.repositories.accounts.user import UserRepository
from app.repositories.accounts.user_session import UserSessionRepository
from app.repositories.accounts.user_token import UserTokenRepository
from app.schemas.accounts.role import Role
from app.schemas.accounts.user_token import Purpose
from tests.support.users import ADDRESS, EMAIL, NO_HASH

HOUR: Final = timedelta(hours=1)


async def store_user(session: Session, email: str = EMAIL, **values: object) -> User:
    """Store a user, who has not proven anything."""
    defaults = {"email": email, "password_hash": NO_HASH, "role": Role.USER, "is_active": True}
    return await UserRepository(session).add({**defaults, **values})


async def store_session(session: Session, user: User, **values: object) -> UserSession:
    """Store a session that has not ended."""
    defaults = {
        "id": uuid4().hex,
        "user_id": user.id,
        "refresh_digest": "first",
        "expires_at": utc_now() + HOUR,
        "address": ADDRESS,
    }
    return await UserSessionRepository(session).add({**defaults, **values})


async def store_token(session: Session, user: User, **values: object) -> UserToken:
    """Store a token that has not expired."""
    defaults = {
        "user_id": user.id,
        "purpose": Purpose.VERIFY_EMAIL,
        "digest": uuid4().hex,
        "expires_at": utc_now() + HOUR,
    }
    return await UserTokenRepository(session).add({**defaults, **values})
