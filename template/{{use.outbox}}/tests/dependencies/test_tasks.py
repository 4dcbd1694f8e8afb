"""app.dependencies.tasks: a task is handed in with the request's transaction."""

from collections.abc import AsyncGenerator
from pathlib import Path

import anyio
import pytest
from fastapi import FastAPI
from httpx2 import AsyncClient

from app.config.settings import Settings
from app.core.database.session import Database, transaction
from app.core.errors import ConflictError
from app.dependencies.tasks import TaskQueueDep
from app.main import create_app
from tests.support import tasks
from tests.support.client import running
from tests.support.database import execute
from tests.support.tasks import notes
from tests.support.worker import PATIENCE, until


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the probe writes."""
    return tmp_path / "notes"


@pytest.fixture
async def probed(
    settings: Settings,
    database: Database,  # noqa: ARG001 - is emptied at the end
    path: Path,
) -> AsyncGenerator[AsyncClient]:
    """The service, with routes that hand in a task, and the second changes its mind."""
    app = create_app(settings)
    add_routes(app, path)
    async with running(app) as client:
        yield client


def add_routes(app: FastAPI, path: Path) -> None:
    """Add them."""

    @app.post("/probe")
    async def probe(queue: TaskQueueDep) -> None:
        await queue.send(tasks.run.call(str(path), "hello"))

    @app.post("/refusal")
    async def refusal(queue: TaskQueueDep) -> None:
        await queue.send(tasks.run.call(str(path), "never"))
        raise ConflictError("No.")


async def unfinished(database: Database) -> int:
    """Count the tasks that are not done."""
    async with transaction(database) as session:
        query = "SELECT COUNT(*) FROM outbox WHERE finished_at IS NULL"
        ((number,),) = await execute(session, query)
    return int(str(number))


@pytest.mark.usefixtures("worker")
async def test_runs(probed: AsyncClient, database: Database, path: Path) -> None:
    response = await probed.post("/probe")

    assert response.status_code == 200
    await until(lambda: notes(path) == ["hello"])
    with anyio.fail_after(PATIENCE):  # the transaction ends after what the task does
        while await unfinished(database):
            pass


async def test_refused(probed: AsyncClient, database: Database) -> None:
    """What is rolled back was never handed in."""
    response = await probed.post("/refusal")

    assert response.status_code == 409
    assert await unfinished(database) == 0
