"""app.tasks.notification: tasks notify too, and old notifications go."""

from collections.abc import AsyncGenerator, Sequence
from datetime import timedelta

import pytest

from app.config.settings import Settings
from app.core.database.session import Database
from app.core.errors import ConflictError, UnavailableError
from app.core.lifespan import State, open_state
from app.core.live.event import own
from app.core.redis import open_redis
from app.core.tasks.message import Message
from app.core.tasks.publisher import Publisher
from app.dependencies.live import window_of
from app.tasks import notification as notifications
from app.tasks.notification import notify, purge_notifications, tell
from app.tasks.runtime import perform
from app.tasks.task import task
from app.tasks.work import Work
from tests.support.log import captured_log
from tests.support.notifications import said
from tests.support.relay import Relay, relayed


class Recorder(Publisher):
    """A broker that keeps what it is given."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.taken: list[Message] = []

    async def publish(self, *messages: Message) -> None:
        """Keep the messages."""
        self.taken += messages


@task("probe.greet")
async def greet(work: Work) -> None:
    """Notify somebody."""
    await notify(work, "ada", "greeting", "Hello, Ada")


@task("probe.regret")
async def regret(work: Work) -> None:
    """Notify somebody, and fail."""
    await notify(work, "ada", "greeting", "never")
    raise ConflictError("No.")


@pytest.fixture
async def committed(
    settings: Settings,
    database: Database,  # noqa: ARG001 - is emptied at the end
) -> AsyncGenerator[State]:
    """The running worker's state."""
    async with open_state(settings) as state:
        yield state


@pytest.fixture
def broker(committed: State) -> Recorder:
    """The broker of these tests."""
    own_broker = committed["publisher"] = Recorder(committed["settings"])
    return own_broker


@pytest.fixture
async def far_way_of_worker(committed: State) -> AsyncGenerator[Relay]:
    """A way to Redis that the test may cut."""
    async with relayed(committed["settings"].redis) as relay:
        yield relay


async def work_off(state: State, messages: Sequence[Message]) -> list[str]:
    """Have a worker tell what was handed in; give the topics that were said something."""
    window = window_of(state)
    before = (await window.read(None)).end
    for message in messages:
        await perform(state, tell, message)
    return [each.topic for each in await said(window, before)]


class TestNotify:
    async def test_is_said_after_the_task(self, committed: State, broker: Recorder) -> None:
        window = window_of(committed)
        before = (await window.read(None)).end

        await perform(committed, greet, greet.call())

        assert await said(window, before) == []
        assert await work_off(committed, broker.taken) == [own("ada")]

    async def test_not_when_the_task_fails(self, committed: State, broker: Recorder) -> None:
        with pytest.raises(ConflictError):
            await perform(committed, regret, regret.call())

        assert broker.taken == []

    async def test_is_tried_again_without_redis(
        self, committed: State, broker: Recorder, far_way_of_worker: Relay
    ) -> None:
        await perform(committed, greet, greet.call())
        near = committed["redis"]
        async with open_redis(far_way_of_worker.settings) as far:
            committed["redis"] = far
            far_way_of_worker.silent()
            with pytest.raises(UnavailableError):
                await perform(committed, tell, broker.taken[0])
        committed["redis"] = near

        assert await work_off(committed, broker.taken) == [own("ada")]


class TestPurge:
    @pytest.mark.parametrize(("days", "events"), [(89, []), (91, ["notifications purged"])])
    async def test_what_is_old(
        self,
        committed: State,
        broker: Recorder,
        monkeypatch: pytest.MonkeyPatch,
        days: int,
        events: list[str],
    ) -> None:
        await perform(committed, greet, greet.call())
        later = notifications.utc_now() + timedelta(days=days)
        monkeypatch.setattr(notifications, "utc_now", lambda: later)

        with captured_log(notifications) as entries:
            await perform(committed, purge_notifications, purge_notifications.call())

        assert [each["event"] for each in entries] == events
        assert len(await work_off(committed, broker.taken)) == (0 if events else 1)
