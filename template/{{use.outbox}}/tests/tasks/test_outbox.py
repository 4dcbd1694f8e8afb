"""app.tasks.outbox: what the broker does not take is neither lost nor done twice."""

from collections.abc import AsyncGenerator
from datetime import timedelta

import pytest

from app.config.settings import Settings
from app.core.database.session import Database, transaction
from app.core.errors import UnavailableError
from app.core.lifespan import State, open_state
from app.core.tasks.message import Message
from app.core.tasks.publisher import Publisher
from app.models.utc import utc_now
from app.repositories import outbox as repository
from app.repositories.outbox import OutboxRepository
from app.services import outbox as handing_in
from app.services.outbox import Outbox
from app.tasks import outbox, work
from app.tasks.outbox import pause_after, purge_outbox, sweep_outbox
from app.tasks.runtime import perform
from app.tasks.task import Task, task
from app.tasks.work import Work, give_up
from tests.support.database import execute
from tests.support.log import captured_log

NOW = timedelta(0)
CALL = Message("probe.count", (1,), {"request_id": "request-1"})


class Recorder(Publisher):
    """A broker that takes what it is given, unless it is down."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.down = False
        self.taken: list[Message] = []

    async def publish(self, *messages: Message) -> None:
        """Keep the messages."""
        if self.down:
            raise UnavailableError("The broker of tasks does not answer.")
        self.taken += messages


@pytest.fixture
async def committed(
    settings: Settings,
    database: Database,  # noqa: ARG001 - is emptied at the end
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncGenerator[State]:
    """The running service's state, in which what is handed in is overdue at once."""
    monkeypatch.setattr(handing_in, "PATIENCE", NOW)
    async with open_state(settings) as state:
        yield state


@pytest.fixture
def broker(committed: State) -> Recorder:
    """The broker of these tests."""
    own = committed["publisher"] = Recorder(committed["settings"])
    return own


async def hand_in(state: State) -> None:
    """Have a task in a transaction, and relay it afterwards."""
    async with transaction(state["database"]) as session:
        tasks = Outbox(OutboxRepository(session), state["publisher"])
        await tasks.send(CALL)
    await tasks.relay()


class Counter:
    """A task that counts how often it was done, in the database and elsewhere."""

    def __init__(self) -> None:
        self.runs = 0
        self.error: Exception | None = None

    @property
    def task(self) -> Task[[int]]:
        """Declare it."""
        return task("probe.count")(self.run)

    async def run(self, given: Work, _: int) -> None:
        """Count, and hand in another task."""
        self.runs += 1
        await given.queue.send(CALL)
        if self.error:
            raise self.error


class TestRelay:
    async def test_at_once(self, committed: State, broker: Recorder) -> None:
        await hand_in(committed)

        (message,) = broker.taken
        assert (message.task, message.arguments) == ("probe.count", (1,))
        assert message.context == {"request_id": "request-1"}
        assert message.record_id is not None

    async def test_broker_down(self, committed: State, broker: Recorder) -> None:
        broker.down = True

        await hand_in(committed)

        async with transaction(committed["database"]) as session:
            ((message, _),) = await OutboxRepository(session).overdue(10)
        assert message.arguments == (1,)


class TestSweep:
    async def test_publishes_what_is_overdue(self, committed: State, broker: Recorder) -> None:
        broker.down = True
        await hand_in(committed)
        broker.down = False

        await perform(committed, sweep_outbox, sweep_outbox.call())
        await perform(committed, sweep_outbox, sweep_outbox.call())

        (message,) = broker.taken
        assert message.arguments == (1,)

    async def test_publishes_again_what_is_still_not_done(
        self, committed: State, broker: Recorder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A broker can lose what it took."""
        await hand_in(committed)
        await perform(committed, sweep_outbox, sweep_outbox.call())
        later = utc_now() + 2 * outbox.SHORTEST_PAUSE
        for module in (outbox, repository):
            monkeypatch.setattr(module, "utc_now", lambda: later)

        for _ in range(2):
            await perform(committed, sweep_outbox, sweep_outbox.call())

        assert len(broker.taken) == 3

    @pytest.mark.parametrize(
        ("waited", "pause"), [(0, 15), (15, 15), (16, 30), (100, 120), (3000, 3600), (10**6, 3600)]
    )
    def test_pause(self, waited: int, pause: int) -> None:
        assert pause_after(timedelta(seconds=waited)) == timedelta(seconds=pause)

    async def test_broker_still_down(self, committed: State, broker: Recorder) -> None:
        broker.down = True
        await hand_in(committed)
        with pytest.raises(UnavailableError):
            await perform(committed, sweep_outbox, sweep_outbox.call())
        broker.down = False

        await perform(committed, sweep_outbox, sweep_outbox.call())

        assert len(broker.taken) == 1

    async def test_not_what_was_given_up(self, committed: State, broker: Recorder) -> None:
        await hand_in(committed)
        await give_up(committed, broker.taken.pop())

        await perform(committed, sweep_outbox, sweep_outbox.call())

        assert broker.taken == []

    async def test_goes_on_while_there_is_more(
        self, committed: State, broker: Recorder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(outbox, "SWEPT", 1)
        broker.down = True
        await hand_in(committed)
        await hand_in(committed)
        broker.down = False

        await perform(committed, sweep_outbox, sweep_outbox.call())

        assert [message.task for message in broker.taken] == ["probe.count", "outbox.sweep"]


class TestDone:
    async def test_once(self, committed: State, broker: Recorder) -> None:
        counter = Counter()
        await hand_in(committed)
        (message,) = broker.taken

        await perform(committed, counter.task, message)
        with captured_log(work) as lines:
            await perform(committed, counter.task, message)

        assert counter.runs == 1
        assert [line["event"] for line in lines] == ["task was done before"]
        assert len(broker.taken) == 2  # the other one was handed in once

    async def test_a_failure_leaves_it_to_be_done(self, committed: State, broker: Recorder) -> None:
        counter = Counter()
        counter.error = ValueError("it cannot work")
        await hand_in(committed)
        (message,) = broker.taken
        with pytest.raises(ValueError, match="it cannot work"):
            await perform(committed, counter.task, message)
        counter.error = None

        await perform(committed, counter.task, message)

        assert counter.runs == 2
        assert len(broker.taken) == 2


class TestPurge:
    @pytest.mark.parametrize(("days", "left"), [(6, 1), (8, 0)])
    async def test_only_what_is_old(
        self,
        committed: State,
        broker: Recorder,
        monkeypatch: pytest.MonkeyPatch,
        days: int,
        left: int,
    ) -> None:
        await hand_in(committed)
        async with transaction(committed["database"]) as session:
            assert await OutboxRepository(session).finish(broker.taken[0].record_id or 0)
        later = outbox.utc_now() + timedelta(days=days)
        monkeypatch.setattr(outbox, "utc_now", lambda: later)

        await perform(committed, purge_outbox, purge_outbox.call())

        async with transaction(committed["database"]) as session:
            ((number,),) = await execute(session, "SELECT COUNT(*) FROM outbox")
        assert number == left
