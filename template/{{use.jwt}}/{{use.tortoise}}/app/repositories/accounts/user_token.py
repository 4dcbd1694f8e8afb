"""Where the tokens are kept that are sent by e-mail."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from tortoise.queryset import QuerySet

from app.core.database.session import Session, database_errors
from app.models.accounts.user_token import UserToken
from app.schemas.accounts.user_token import Purpose

AT_ONCE: Final = 100


class UserTokenRepository:
    """Queries on tokens, in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def add(self, values: Mapping[str, object]) -> UserToken:
        """Store a new one; of its purpose, the user must have none."""
        with database_errors():
            return await UserToken.create(using_db=self.session, **values)

    async def find(self, digest: str, purpose: Purpose, now: datetime) -> UserToken | None:
        """Find one that has not expired."""
        return await UserToken.get_or_none(
            digest=digest, purpose=purpose, expires_at__gt=now, using_db=self.session
        )

    async def was_added_since(self, user_id: int, purpose: Purpose, moment: datetime) -> bool:
        """Tell whether the user's is newer than a moment."""
        return (
            await UserToken.filter(user_id=user_id, purpose=purpose, created_at__gt=moment)
            .using_db(self.session)
            .exists()
        )

    async def use_up(self, token_id: int) -> bool:
        """Remove one, unless someone else did since it was found."""
        return await UserToken.filter(id=token_id).using_db(self.session).delete() > 0

    async def discard(self, user_id: int, *purposes: Purpose) -> None:
        """Remove those of a user."""
        own = UserToken.filter(user_id=user_id, purpose__in=purposes).using_db(self.session)
        await self.remove_each(own)

    async def delete_expired(self, now: datetime) -> None:
        """Forget what nobody can use any more, ``AT_ONCE`` of it."""
        expired = UserToken.filter(expires_at__lte=now).using_db(self.session)
        await self.remove_each(expired.limit(AT_ONCE))

    async def remove_each(self, tokens: QuerySet[UserToken]) -> None:
        """Remove by key: a DELETE that searches locks what it passes, and may end in a deadlock."""
        for token in await tokens.order_by("id"):
            await self.use_up(token.id)
