"""app.core.deadline: what becomes of the transaction of a request that nobody waits for."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from http import HTTPStatus

import pytest
from fastapi import APIRouter, FastAPI, Request
from httpx2 import AsyncClient

from app.config.settings import Settings
from app.core.database.session import Database, transaction
from app.core.deadline import Deadline
from app.core.http.deadline import Waiting
from app.core.lifespan import State, open_state
from app.dependencies.database import SessionDep
from app.main import create_app
from tests.support.client import open_client
from tests.support.database import NARROW, execute
from tests.support.scratch import ENDLESS, ENDLESS_RUNNING
from tests.support.wire import connected

pytestmark = pytest.mark.usefixtures("probe_tables")

INSERT = "INSERT INTO probe_parents (id, name) VALUES (1, 'a')"
COUNT = "SELECT count(*) FROM probe_parents"


@dataclass
class Course:
    """How far an endpoint has come, and whether it may go on."""

    begun: asyncio.Event = field(default_factory=asyncio.Event)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)
    waiting: list[Waiting] = field(default_factory=list[Waiting])


def endpoints(course: Course) -> APIRouter:
    """Make endpoints that read and write, in time or not."""
    router = APIRouter(prefix="/probe")

    @router.get("")
    async def read(session: SessionDep) -> None:  # pyright: ignore[reportUnusedFunction]
        await execute(session, "SELECT 1")

    @router.get("/endless")
    async def read_for_ever(session: SessionDep) -> None:  # pyright: ignore[reportUnusedFunction]
        await execute(session, "SELECT 1")
        course.begun.set()
        await execute(session, ENDLESS)

    @router.post("/endless")
    async def write_for_ever(session: SessionDep) -> None:  # pyright: ignore[reportUnusedFunction]
        await execute(session, INSERT)
        await execute(session, ENDLESS)

    @router.post("", status_code=HTTPStatus.CREATED)
    async def write(  # pyright: ignore[reportUnusedFunction]
        session: SessionDep, request: Request
    ) -> None:
        await execute(session, INSERT)
        course.waiting.append(request.state.waiting)
        course.begun.set()
        await course.go_on.wait()

    return router


@pytest.fixture
def course() -> Course:
    """The way of this test's request."""
    return Course()


@pytest.fixture
def limit() -> timedelta:
    """How long a request may take."""
    return timedelta(seconds=0.5)


@pytest.fixture
def app(settings: Settings, course: Course, limit: timedelta) -> FastAPI:
    """The service with these endpoints."""
    http = settings.http.model_copy(update={"request_timeout": limit})
    app = create_app(replace(settings, http=http))
    app.include_router(endpoints(course))
    return app


@pytest.fixture
async def own_state(settings: Settings) -> AsyncGenerator[State]:
    """What the service holds, with a single connection that is waited for."""
    database = settings.database.model_copy(update=NARROW)
    async with open_state(replace(settings, database=database)) as state:
        yield state


@pytest.fixture
async def client(app: FastAPI, own_state: State) -> AsyncGenerator[AsyncClient]:
    """A client of that."""
    async with open_client(app, own_state) as client:
        yield client


async def run(database: Database, statement: str) -> list[tuple[object, ...]]:
    """Run plain SQL in a transaction of its own."""
    async with transaction(database) as session:
        return await execute(session, statement)


@asynccontextmanager
async def ended(database: Database) -> AsyncGenerator[None]:
    """Wait until the statement without an end has come to one, if there is anybody to ask."""
    yield
    async with asyncio.timeout(20):
        while await run(database, ENDLESS_RUNNING):  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.01)


class TestTooLong:
    async def test_answer(self, client: AsyncClient) -> None:
        response = await client.post("/probe/endless")

        assert response.status_code == 504
        assert response.json()["code"] == "request_timeout"

    async def test_is_rolled_back(self, client: AsyncClient, database: Database) -> None:
        await client.post("/probe/endless")

        await run(database, INSERT)  # which would wait for one that is still there
        assert await run(database, COUNT) == [(1,)]

    async def test_has_no_query_left(self, client: AsyncClient, database: Database) -> None:
        async with ended(database):
            await client.post("/probe/endless")

    async def test_gives_its_connection_back(self, client: AsyncClient) -> None:
        for _ in range(3):
            assert (await client.get("/probe/endless")).status_code == 504

        assert (await client.get("/probe")).status_code == 200

    async def test_while_it_waits_for_a_connection(
        self, client: AsyncClient, own_state: State
    ) -> None:
        async with transaction(own_state["database"]) as session:
            await execute(session, "SELECT 1")
            assert (await client.get("/probe")).status_code == 504

        assert (await client.get("/probe")).status_code == 200


class TestCommit:
    @pytest.fixture
    def limit(self) -> timedelta:
        """None: the test says when it has passed."""
        return timedelta(0)

    async def test_that_has_begun_ends(
        self,
        client: AsyncClient,
        database: Database,
        course: Course,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        begin = Deadline.hold

        def begin_late(deadline: Deadline) -> None:
            begin(deadline)
            course.waiting.pop().lose_patience()

        course.go_on.set()
        with monkeypatch.context() as patch:
            patch.setattr(Deadline, "hold", begin_late)
            assert (await client.post("/probe")).status_code == 504

        assert await run(database, COUNT) == [(1,)]
        assert (await client.get("/probe")).status_code == 200


class TestClientThatLeaves:
    @pytest.fixture
    def limit(self) -> timedelta:
        """None."""
        return timedelta(0)

    async def test_reads_no_more(
        self, app: FastAPI, own_state: State, course: Course, database: Database
    ) -> None:
        async with ended(database), connected(app, own_state) as connection:
            connection.writer.write(b"GET /probe/endless HTTP/1.1\r\nHost: test\r\n\r\n")
            await course.begun.wait()
            await connection.leave()

        async with asyncio.timeout(20):
            await run(own_state["database"], "SELECT 1")  # by the only connection

    async def test_has_written(
        self, app: FastAPI, own_state: State, course: Course, database: Database
    ) -> None:
        async with connected(app, own_state) as connection:
            connection.writer.write(b"POST /probe HTTP/1.1\r\nHost: test\r\n\r\n")
            await course.begun.wait()
            await connection.leave()
            course.go_on.set()

            async with asyncio.timeout(20):
                await run(own_state["database"], "SELECT 1")
        assert await run(database, COUNT) == [(1,)]
