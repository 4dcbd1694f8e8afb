"""app.dependencies.tasks: a task is with the broker before the answer is sent."""

from pathlib import Path

import pytest
from fastapi import FastAPI

from app.config.settings import Settings
from app.core.errors import UnavailableError
from app.core.lifespan import State
from app.core.tasks.message import Message
from app.core.tasks.publisher import Publisher
from app.dependencies.tasks import TaskQueueDep
from app.main import create_app
from tests.support import tasks
from tests.support.client import open_client
from tests.support.tasks import notes
from tests.support.worker import until


class Unreachable(Publisher):
    """A way that leads nowhere."""

    async def publish(self, *messages: Message) -> None:
        """Fail at once."""
        raise UnavailableError("The broker of tasks does not answer.")


@pytest.fixture
def probed(settings: Settings, tmp_path: Path) -> FastAPI:
    """The service, with a route that hands in a task."""
    app = create_app(settings)

    @app.post("/probe")
    async def probe(queue: TaskQueueDep) -> None:
        await queue.send(tasks.run.call(str(tmp_path / "notes"), "hello"))

    return app


@pytest.mark.usefixtures("worker")
async def test_runs(probed: FastAPI, state: State, tmp_path: Path) -> None:
    async with open_client(probed, state) as client:
        response = await client.post("/probe")

    assert response.status_code == 200
    await until(lambda: notes(tmp_path / "notes") == ["hello"])


async def test_without_a_broker(probed: FastAPI, state: State) -> None:
    state["publisher"] = Unreachable(state["settings"])

    async with open_client(probed, state) as client:
        response = await client.post("/probe")

    assert response.status_code == 503
    assert response.json()["code"] == "unavailable"
    assert response.headers["retry-after"] == "5"
