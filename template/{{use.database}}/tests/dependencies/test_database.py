"""app.dependencies.database: a request's transaction ends before its answer is sent."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus

import pytest
from fastapi import APIRouter, FastAPI
from httpx2 import AsyncClient
from starlette.types import Message, Receive, Scope, Send

from app.config.settings import Settings
from app.core.database.session import Database, transaction
from app.core.errors import NotFoundError
from app.core.lifespan import open_state
from app.dependencies.database import SessionDep
from app.main import create_app
from tests.support.client import open_client, running
from tests.support.database import NARROW, execute
from tests.support.detour import Detour

INSERT = "INSERT INTO probe_parents (id, name) VALUES (1, 'a')"
INSERT_ORPHAN = "INSERT INTO probe_children (id, parent_id) VALUES (1, 99)"

router = APIRouter(prefix="/probe")


@router.get("")
async def read(session: SessionDep) -> None:
    """Need the database."""
    await execute(session, "SELECT 1")


@router.post("/parents", status_code=HTTPStatus.CREATED)
async def add(session: SessionDep) -> None:
    """Store a row."""
    await execute(session, INSERT)


@router.post("/orphans", status_code=HTTPStatus.CREATED)
async def add_orphan(session: SessionDep) -> None:
    """Store a row that the database refuses, at the commit where it can wait so long."""
    await execute(session, INSERT_ORPHAN)


@router.post("/regrets", status_code=HTTPStatus.CREATED)
async def add_and_fail(session: SessionDep) -> None:
    """Store a row and think better of it."""
    await execute(session, INSERT)
    raise NotFoundError("There is no such thing.")


def create_probe_app(settings: Settings) -> FastAPI:
    """Add the endpoints above to the service."""
    app = create_app(settings)
    app.include_router(router)
    return app


@pytest.fixture
def app(settings: Settings) -> FastAPI:
    """The service with these endpoints, for ``live_client``."""
    return create_probe_app(settings)


@pytest.fixture
async def outage(detoured: Settings, way: Detour) -> AsyncGenerator[AsyncClient]:
    """A client of a service that starts while its database is away."""
    await way.close()
    async with running(create_probe_app(detoured)) as client:
        yield client


async def count(database: Database) -> int:
    """Count the rows that others can see."""
    async with transaction(database) as session:
        return len(await execute(session, "SELECT id FROM probe_parents"))


@pytest.mark.usefixtures("probe_tables")
class TestCommit:
    async def test_before_the_answer(
        self, app: FastAPI, settings: Settings, database: Database
    ) -> None:
        seen: list[int] = []

        async def watched(scope: Scope, receive: Receive, send: Send) -> None:
            async def look(message: Message) -> None:
                seen.append(await count(database))
                await send(message)

            await app(scope, receive, look)

        async with open_state(settings) as state, open_client(watched, state) as client:
            response = await client.post("/probe/parents")

        assert response.status_code == 201
        assert set(seen) == {1}

    async def test_what_the_database_refuses_is_no_success(self, live_client: AsyncClient) -> None:
        response = await live_client.post("/probe/orphans")

        assert response.status_code == 409
        assert response.json()["code"] == "reference_violation"

    async def test_not_after_an_error(self, live_client: AsyncClient, database: Database) -> None:
        response = await live_client.post("/probe/regrets")

        assert response.status_code == 404
        assert await count(database) == 0

    async def test_not_unique(self, live_client: AsyncClient) -> None:
        assert (await live_client.post("/probe/parents")).status_code == 201

        response = await live_client.post("/probe/parents")

        assert response.status_code == 409
        assert response.json()["code"] == "already_exists"
        assert "probe_parents" not in response.text


class TestOutage:
    async def test_unavailable(self, outage: AsyncClient) -> None:
        response = await outage.get("/probe")

        assert response.status_code == 503
        assert response.headers["Content-Type"] == "application/problem+json"
        assert response.headers["Retry-After"] == "5"
        assert response.json()["code"] == "unavailable"

    async def test_recovers_without_a_restart(self, outage: AsyncClient, way: Detour) -> None:
        assert (await outage.get("/probe")).status_code == 503

        await way.open()

        assert (await outage.get("/probe")).status_code == 200

    async def test_no_free_connection(self, settings: Settings) -> None:
        hasty = {**NARROW, "pool_timeout": timedelta(seconds=1)}
        narrow = replace(settings, database=settings.database.model_copy(update=hasty))
        app = create_probe_app(narrow)

        async with open_state(narrow) as state, open_client(app, state) as client:
            async with transaction(state["database"]) as session:
                await execute(session, "SELECT 1")
                assert (await client.get("/probe")).status_code == 503

            assert (await client.get("/probe")).status_code == 200
