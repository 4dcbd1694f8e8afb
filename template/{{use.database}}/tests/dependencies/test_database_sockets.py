"""app.dependencies.database: a socket's transaction is over when the socket opens."""

from dataclasses import replace

import pytest
from fastapi import FastAPI, WebSocket

from app.config.settings import Settings
from app.core.database.session import Database, transaction
from app.core.errors import NotFoundError
from app.core.lifespan import open_state
from app.dependencies.database import SessionDep
from app.main import create_app
from tests.support.database import NARROW, execute
from tests.support.sockets import handshake, talk

INSERT = "INSERT INTO probe_parents (id, name) VALUES (1, 'a')"


@pytest.fixture
def narrow(settings: Settings) -> Settings:
    """Have one connection for all."""
    return replace(settings, database=settings.database.model_copy(update=NARROW))


async def count(database: Database) -> int:
    """Count the rows that others can see, over a connection that somebody has to spare."""
    async with transaction(database) as session:
        return len(await execute(session, "SELECT id FROM probe_parents"))


@pytest.mark.usefixtures("probe_tables")
class TestSocket:
    async def test_holds_no_connection(self, narrow: Settings) -> None:
        app = create_app(narrow)
        seen: list[int] = []

        async with open_state(narrow) as state:

            @app.websocket("/probe")
            async def probe(socket: WebSocket, session: SessionDep) -> None:
                await execute(session, INSERT)
                await socket.accept()
                seen.append(await count(state["database"]))

            await talk(app, handshake(state, "/probe"))

        assert seen == [1]

    async def test_that_is_refused(self, narrow: Settings) -> None:
        app: FastAPI = create_app(narrow)

        @app.websocket("/probe")
        async def probe(session: SessionDep) -> None:
            await execute(session, INSERT)
            raise NotFoundError("No such room.")

        async with open_state(narrow) as state:
            (head, _) = await talk(app, handshake(state, "/probe"))

            assert head["status"] == 404
            assert await count(state["database"]) == 0

    async def test_that_the_database_refuses(self, narrow: Settings) -> None:
        """Before it opens, so that its client hears of it."""
        app = create_app(narrow)

        async with open_state(narrow) as state:

            @app.websocket("/probe")
            async def probe(socket: WebSocket, session: SessionDep) -> None:
                await execute(session, "INSERT INTO probe_children (id, parent_id) VALUES (1, 99)")
                await socket.accept()

            (head, _) = await talk(app, handshake(state, "/probe"))

        assert head["status"] == 409
