"""Where attempts to sign in are kept, until they have succeeded."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import col, func, select

from app.core.database import Session
from app.models.login_failure import LoginFailure


class LoginFailureRepository:
    """Queries on failed sign-ins, in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def add(self, values: Mapping[str, object]) -> LoginFailure:
        """Store a new one and give it its id."""
        failure = LoginFailure.model_validate(values)
        self.session.add(failure)
        await self.session.flush()
        return failure

    async def count(
        self, since: datetime, *, account: str | None = None, address: str | None = None
    ) -> int:
        """Count those after ``since`` of an account, from an address, or of both together."""
        query = select(func.count()).where(col(LoginFailure.created_at) > since)
        if account is not None:
            query = query.where(LoginFailure.account == account)
        if address is not None:
            query = query.where(LoginFailure.address == address)
        return (await self.session.exec(query)).one()

    async def remove(self, failure_id: int) -> None:
        """Remove one that is not to be counted."""
        await self.session.exec(delete(LoginFailure).where(col(LoginFailure.id) == failure_id))

    async def clear(self, account: str, address: str | None = None) -> None:
        """Remove those of an account, or only those of them from one address."""
        statement = delete(LoginFailure).where(col(LoginFailure.account) == account)
        if address is not None:
            statement = statement.where(col(LoginFailure.address) == address)
        await self.session.exec(statement)

    async def delete_before(self, moment: datetime) -> None:
        """Forget what is too old to be counted."""
        await self.session.exec(delete(LoginFailure).where(col(LoginFailure.created_at) <= moment))
