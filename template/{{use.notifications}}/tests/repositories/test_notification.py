"""app.repositories.notification: what is kept, and for how long."""

from datetime import timedelta

from app.core.database.session import transaction
from app.core.lifespan import State
from app.models.utc import utc_now
from app.repositories.notification import NotificationRepository
from app.schemas.notification import NotificationQuery

MOMENT = utc_now()
LATER = MOMENT + timedelta(minutes=1)


async def store(state: State, recipient: str, number: int) -> list[int]:
    """Store so many for somebody, and give their ids."""
    async with transaction(state["database"]) as session:
        notifications = NotificationRepository(session)
        return [(await notifications.add(recipient, "probe", "text")).id for _ in range(number)]


class TestMarkRead:
    async def test_the_first_moment_stays(self, state: State) -> None:
        first, second = await store(state, "ada", 2)
        async with transaction(state["database"]) as session:
            await NotificationRepository(session).mark_read(first, MOMENT)
        async with transaction(state["database"]) as session:
            await NotificationRepository(session).mark_all_read("ada", None, LATER)

        async with transaction(state["database"]) as session:
            found = await NotificationRepository(session).list("ada", NotificationQuery())

        assert [(each.id, each.read_at) for each in found.items] == [
            (second, LATER),
            (first, MOMENT),
        ]


class TestPurge:
    async def test_no_more_than_the_limit(self, state: State) -> None:
        await store(state, "ada", 3)

        async with transaction(state["database"]) as session:
            notifications = NotificationRepository(session)
            numbers = [await notifications.purge(utc_now() + timedelta(1), 2) for _ in range(3)]

        assert numbers == [2, 1, 0]

    async def test_nothing_that_is_young(self, state: State) -> None:
        await store(state, "ada", 1)

        async with transaction(state["database"]) as session:
            assert await NotificationRepository(session).purge(MOMENT, 2) == 0
            assert await NotificationRepository(session).count_unread("ada") == 1
