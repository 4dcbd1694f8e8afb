"""Where attempts to sign in are kept, until they have succeeded."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import Select, delete, func, select

from app.core.database.session import Session
from app.models.accounts.login_failure import LoginFailure

AT_ONCE: Final = 100


class LoginFailureRepository:
    """Queries on failed sign-ins, in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def add(self, values: Mapping[str, object]) -> LoginFailure:
        """Store a new one and give it its id."""
        failure = LoginFailure(**values)
        self.session.add(failure)
        await self.session.flush()
        return failure

    async def count(
        self, since: datetime, *, account: str | None = None, address: str | None = None
    ) -> int:
        """Count those after ``since`` of an account, from an address, or of both together."""
        query = select(func.count()).where(LoginFailure.created_at > since)
        if account is not None:
            query = query.where(LoginFailure.account == account)
        if address is not None:
            query = query.where(LoginFailure.address == address)
        return await self.session.scalar(query) or 0

    async def remove(self, failure_id: int) -> None:
        """Remove one that is not to be counted."""
        await self.session.execute(delete(LoginFailure).where(LoginFailure.id == failure_id))

    async def clear(self, account: str, address: str | None = None) -> None:
        """Remove those of an account, or only those of them from one address."""
        query = select(LoginFailure.id).where(LoginFailure.account == account)
        if address is not None:
            query = query.where(LoginFailure.address == address)
        await self.remove_each(query)

    async def delete_before(self, moment: datetime) -> None:
        """Forget what is too old to be counted, ``AT_ONCE`` of it."""
        query = select(LoginFailure.id).where(LoginFailure.created_at <= moment)
        await self.remove_each(query.limit(AT_ONCE))

    async def remove_each(self, query: Select[int]) -> None:
        """Remove by key: a DELETE that searches locks what it passes, and may end in a deadlock."""
        for failure_id in (await self.session.scalars(query.order_by(LoginFailure.id))).all():
            await self.remove(failure_id)
