"""app.tasks: what a worker does with messages. A process of its own, on the real broker."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from kombu import Producer

from app.config.settings import Settings
from app.core.lifespan import State
from app.core.tasks.dead import DeadTasks
from app.core.tasks.message import Message
from app.core.tasks.publisher import Publisher
from tests.support import tasks
from tests.support.broker import own_queue
from tests.support.tasks import notes
from tests.support.worker import drop, send, started_worker, stop, until

pytestmark = pytest.mark.usefixtures("worker")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the probes write."""
    return tmp_path / "notes"


class TestRun:
    async def test_runs(self, opened: State, path: Path) -> None:
        await send(opened, tasks.run.call(str(path), "hello"))

        await until(lambda: notes(path) == ["hello"])

    async def test_in_the_log_context_of_the_request(
        self, opened: State, path: Path, worker_log: Path
    ) -> None:
        message = Message(tasks.run.name, (str(path), "hello"), {"request_id": "request-1"})

        await send(opened, message)

        await until(lambda: any("request-1" in line for line in notes(worker_log)))
        (line,) = [json.loads(line) for line in notes(worker_log) if "request-1" in line]
        assert (line["event"], line["task"], line["level"]) == ("task", "probe.run", "info")
        assert line["duration_ms"] > 0

    async def test_transient_error(self, opened: State, path: Path, dead: DeadTasks) -> None:
        await send(opened, tasks.recover.call(str(path)))

        await until(lambda: notes(path) == ["tried", "tried"])
        assert dead.read() == []


class TestGivenUp:
    async def test_error(self, opened: State, path: Path, dead: DeadTasks) -> None:
        await send(opened, tasks.fail.call(str(path)))

        await until(lambda: dead.count() == 1)
        assert drop(dead, "probe.fail").error == "ValueError: it cannot work"
        assert notes(path) == ["tried"]

    async def test_exhausted(self, opened: State, path: Path, dead: DeadTasks) -> None:
        await send(opened, tasks.wait.call(str(path)))

        await until(lambda: dead.count() == 1)
        assert drop(dead, "probe.wait").error == "UnavailableError: Not yet."
        assert notes(path) == ["tried", "tried"]

    async def test_ends_its_process(self, opened: State, path: Path, dead: DeadTasks) -> None:
        await send(opened, tasks.die.call(str(path)))

        await until(lambda: dead.count() == 1)
        assert "SIGKILL" in drop(dead, "probe.die").error
        assert notes(path) == ["tried", "tried"]

    async def test_unknown(self, opened: State, path: Path, dead: DeadTasks) -> None:
        await send(opened, Message("probe.unknown", (1,)))
        await send(opened, tasks.run.call(str(path), "next"))

        await until(lambda: dead.count() == 1)
        drop(dead, "probe.unknown")
        await until(lambda: notes(path) == ["next"])

    async def test_no_message_of_celery(self, opened: State, path: Path, dead: DeadTasks) -> None:
        with dead.connected() as connection:
            Producer(connection.default_channel).publish(
                b"{", exchange="", routing_key=dead.tasks.name, content_type="application/json"
            )
        await send(opened, tasks.run.call(str(path), "next"))

        await until(lambda: dead.count() == 1)
        drop(dead, "")
        await until(lambda: notes(path) == ["next"])


class TestReplay:
    async def test_runs_again(self, opened: State, path: Path, dead: DeadTasks) -> None:
        await send(opened, tasks.wait.call(str(path)))
        await until(lambda: dead.count() == 1)

        (replayed,) = dead.replay(lambda _: True)

        assert replayed.name == "probe.wait"
        await until(lambda: dead.count() == 1)
        drop(dead, "probe.wait")
        assert notes(path) == ["tried"] * 4

    async def test_only_what_is_wanted(self, opened: State, path: Path, dead: DeadTasks) -> None:
        await send(opened, tasks.fail.call(str(path)))
        await until(lambda: dead.count() == 1)

        assert dead.replay(lambda each: each.task_id == "another") == []

        drop(dead, "probe.fail")


@pytest.mark.slow
class TestEnd:
    async def test_finishes_what_runs(self, settings: Settings, path: Path, tmp_path: Path) -> None:
        heart = tmp_path / "heart"
        with own_queue() as variables:
            own = settings.celery.model_copy(update={"queue": variables["CELERY_QUEUE"]})
            publisher = Publisher(replace(settings, celery=own))
            await publisher.publish(tasks.run_slowly.call(str(path)))
            beating = {**variables, "CELERY_HEARTBEAT_FILE": str(heart)}
            with started_worker(tmp_path / "worker.log", **beating) as process:
                await until(lambda: notes(path) == ["begun"])
                assert heart.exists()

                assert stop(process) == 0

            assert notes(path) == ["begun", "done"]
            assert not heart.exists()
            await publisher.close()
