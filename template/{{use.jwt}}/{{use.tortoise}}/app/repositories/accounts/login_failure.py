"""Where attempts to sign in are kept, until they have succeeded."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from tortoise.queryset import QuerySet

from app.core.database.session import Session
from app.models.accounts.login_failure import LoginFailure

AT_ONCE: Final = 100


class LoginFailureRepository:
    """Queries on failed sign-ins, in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def add(self, values: Mapping[str, object]) -> LoginFailure:
        """Store a new one and give it its id."""
        return await LoginFailure.create(using_db=self.session, **values)

    async def count(
        self, since: datetime, *, account: str | None = None, address: str | None = None
    ) -> int:
        """Count those after ``since`` of an account, from an address, or of both together."""
        failures = LoginFailure.filter(created_at__gt=since).using_db(self.session)
        if account is not None:
            failures = failures.filter(account=account)
        if address is not None:
            failures = failures.filter(address=address)
        return await failures.count()

    async def remove(self, failure_id: int) -> None:
        """Remove one that is not to be counted."""
        await LoginFailure.filter(id=failure_id).using_db(self.session).delete()

    async def clear(self, account: str, address: str | None = None) -> None:
        """Remove those of an account, or only those of them from one address."""
        failures = LoginFailure.filter(account=account).using_db(self.session)
        if address is not None:
            failures = failures.filter(address=address)
        await self.remove_each(failures)

    async def delete_before(self, moment: datetime) -> None:
        """Forget what is too old to be counted, ``AT_ONCE`` of it."""
        old = LoginFailure.filter(created_at__lte=moment).using_db(self.session)
        await self.remove_each(old.limit(AT_ONCE))

    async def remove_each(self, failures: QuerySet[LoginFailure]) -> None:
        """Remove by key: a DELETE that searches locks what it passes, and may end in a deadlock."""
        for failure in await failures.order_by("id"):
            await self.remove(failure.id)
