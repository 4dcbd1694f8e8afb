"""A worker as a process of its own, and what to wait for."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import anyio
import pytest

from app.config.settings import Settings, load_settings
from app.core.lifespan import State
from app.core.logging import configure_logging
from app.core.tasks.celery import create_celery
from app.core.tasks.dead import DeadTask, DeadTasks
from app.core.tasks.message import Message

ROOT: Final = Path(__file__).parents[2]
SECONDS_TO_END: Final = 60
PATIENCE: Final = 60


@contextmanager
def started_worker(log: Path, **variables: str) -> Generator["subprocess.Popen[bytes]"]:
    """Run a worker that knows the probes too; what is left of it at the end is killed."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.worker"],
            cwd=log.parent,  # where there is no .env
            env={**os.environ, "PYTHONPATH": str(ROOT), **variables},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def stop(process: "subprocess.Popen[bytes]") -> int:
    """Ask it to end, and return its exit status."""
    process.terminate()
    return process.wait(SECONDS_TO_END)


async def until(condition: Callable[[], bool]) -> None:
    """Wait for what another process does, and fail if it does not."""
    with anyio.fail_after(PATIENCE):
        while not condition():  # noqa: ASYNC110 - there is no event of another process
            await anyio.sleep(0.02)


@pytest.fixture(scope="session")
def worker_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the worker of the session says."""
    return tmp_path_factory.mktemp("worker") / "worker.log"


@pytest.fixture(scope="session")
def worker(
    settings: Settings,  # noqa: ARG001 - the environment that it reads
    worker_log: Path,
) -> Generator[None]:
    """A worker of the session, which tries everything once more, and soon."""
    hasty = {"CELERY_MAX_RETRIES": "1", "CELERY_LONGEST_PAUSE": "0.1"}
    with started_worker(worker_log, LOG_FORMAT="json", **hasty) as process:
        yield
        assert stop(process) == 0


@pytest.fixture
def dead(settings: Settings) -> Generator[DeadTasks]:
    """The queue of tasks that were given up, which is empty before and after."""
    dead = DeadTasks(create_celery(settings.celery), settings.celery)
    assert dead.read() == []
    yield dead
    dead.celery.close()


def drop(dead: DeadTasks, name: str) -> DeadTask:
    """Expect one, and take it away."""
    (found,) = dead.read()
    assert found.name == name
    with dead.connected() as connection:
        message = dead.dead(connection.default_channel).get()
        assert message is not None
        message.ack()
    return found


async def send(state: State, message: Message) -> None:
    """Publish at once."""
    await state["publisher"].publish(message)


if __name__ == "__main__":
    from app.tasks import registry
    from app.tasks.worker import run_worker
    from tests.support.tasks import PROBES

    registry.tasks().extend(PROBES)
    configure_logging(load_settings().log)
    sys.exit(run_worker(load_settings()))
