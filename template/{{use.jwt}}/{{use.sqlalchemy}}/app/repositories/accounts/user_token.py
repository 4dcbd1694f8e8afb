"""Where the tokens are kept that are sent by e-mail."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import Select, delete, select

from app.core.database.session import Session, database_errors
from app.models.accounts.user_token import UserToken
from app.repositories.changed import changed
from app.schemas.accounts.user_token import Purpose

AT_ONCE: Final = 100


class UserTokenRepository:
    """Queries on tokens, in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def add(self, values: Mapping[str, object]) -> UserToken:
        """Store a new one; of its purpose, the user must have none."""
        user_token = UserToken(**values)
        self.session.add(user_token)
        with database_errors():
            await self.session.flush()
        return user_token

    async def find(self, digest: str, purpose: Purpose, now: datetime) -> UserToken | None:
        """Find one that has not expired."""
        query = select(UserToken).where(
            UserToken.digest == digest, UserToken.purpose == purpose, UserToken.expires_at > now
        )
        return await self.session.scalar(query)

    async def was_added_since(self, user_id: int, purpose: Purpose, moment: datetime) -> bool:
        """Tell whether the user's is newer than a moment."""
        query = select(UserToken.id).where(
            UserToken.user_id == user_id,
            UserToken.purpose == purpose,
            UserToken.created_at > moment,
        )
        return await self.session.scalar(query) is not None

    async def use_up(self, token_id: int) -> bool:
        """Remove one, unless someone else did since it was found."""
        return await changed(self.session, delete(UserToken).where(UserToken.id == token_id)) > 0

    async def discard(self, user_id: int, *purposes: Purpose) -> None:
        """Remove those of a user."""
        await self.remove_each(
            select(UserToken.id).where(
                UserToken.user_id == user_id, UserToken.purpose.in_(purposes)
            )
        )

    async def delete_expired(self, now: datetime) -> None:
        """Forget what nobody can use any more, ``AT_ONCE`` of it."""
        query = select(UserToken.id).where(UserToken.expires_at <= now)
        await self.remove_each(query.limit(AT_ONCE))

    async def remove_each(self, query: Select[int]) -> None:
        """Remove by key: a DELETE that searches locks what it passes, and may end in a deadlock."""
        for token_id in (await self.session.scalars(query.order_by(UserToken.id))).all():
            await self.use_up(token_id)
