"""app.services.file_records: bytes and rows agree, however storing a row ends."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from httpx2 import AsyncClient

from app.config.settings import Settings
from app.core.database.session import Database, Session, transaction
from app.core.errors import UnavailableError
from app.core.files.store import FileStore
from app.core.lifespan import State, open_state
from app.main import create_app
from app.services import file_records
from tests.support.client import open_client
from tests.support.database import NARROW
from tests.support.files import FILES, FORM, content_of, form, part, send, stored

Transaction = Callable[[Database], AbstractAsyncContextManager[Session]]


@asynccontextmanager
async def refused(database: Database) -> AsyncGenerator[Session]:
    """Lose the database before the commit."""
    async with transaction(database) as session:
        yield session
        raise UnavailableError("The database does not answer.")


@asynccontextmanager
async def unanswered(database: Database) -> AsyncGenerator[Session]:
    """Lose the database when it has committed."""
    async with transaction(database) as session:
        yield session
    raise UnavailableError("The database does not answer.")


@asynccontextmanager
async def away(_: Database) -> AsyncGenerator[Session]:
    """Have no database at all."""
    raise UnavailableError("The database does not answer.")
    yield


def in_turn(monkeypatch: pytest.MonkeyPatch, *ways: Transaction) -> None:
    """Have one transaction after the other end in one of these ways."""
    left = list(ways)

    def next_transaction(database: Database) -> AbstractAsyncContextManager[Session]:
        return left.pop(0)(database)

    monkeypatch.setattr(file_records, "transaction", next_transaction)


class TestCommit:
    async def test_fails(
        self, client: AsyncClient, state: State, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        in_turn(monkeypatch, refused, transaction)

        response = await send(client, part("a.txt"), part("b.txt"))

        assert response.status_code == 503
        assert state["files"].names() == []
        assert (await client.get(FILES)).json()["total"] == 0

    async def test_its_answer_is_lost(
        self, client: AsyncClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        in_turn(monkeypatch, unanswered, transaction)

        response = await send(client, part("a.txt"))

        (file,) = (await client.get(FILES)).json()["items"]
        assert response.status_code == 503
        assert (await client.get(content_of(file))).content == b"hello"

    async def test_nobody_knows(
        self, client: AsyncClient, state: State, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What may be known is left for the command."""
        in_turn(monkeypatch, refused, away)

        response = await send(client, part("a.txt"))

        assert response.status_code == 503
        assert len(state["files"].names()) == 1


class TestRefused:
    async def test_without_asking(
        self, client: AsyncClient, state: State, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Nothing is left of it, whether the database answers or not."""
        in_turn(monkeypatch)

        response = await send(client, part("a.txt"), part("b.txt", bytes(99)))

        assert response.status_code == 415
        assert state["files"].names() == []


@pytest.mark.usefixtures("database")
class TestTransfer:
    async def test_holds_no_connection(self, settings: Settings, tmp_path: Path) -> None:
        narrow = replace(settings, database=settings.database.model_copy(update=NARROW))
        waits, goes_on = asyncio.Event(), asyncio.Event()

        async def body() -> AsyncIterator[bytes]:
            yield part("a.txt")
            waits.set()
            await goes_on.wait()
            yield form(part("b.txt"))

        async with open_state(narrow) as state, open_client(create_app(narrow), state) as client:
            state["files"] = FileStore(tmp_path)
            await client.get(FILES)
            upload = asyncio.create_task(client.post(FILES, content=body(), headers=FORM))
            await waits.wait()
            listed = await client.get(FILES)
            goes_on.set()

            assert listed.status_code == 200
            assert (await upload).status_code == 201


class TestList:
    async def test_by_name(self, client: AsyncClient) -> None:
        await send(client, part("notes.txt"), part("Invoice_1.txt"), part("Invoice_2.txt"))

        page = (await client.get(f"{FILES}?name=voice_&sort=-name")).json()

        assert [each["name"] for each in page["items"]] == ["Invoice_2.txt", "Invoice_1.txt"]


class TestMissingBytes:
    async def test_not_found(self, client: AsyncClient, state: State) -> None:
        file = await stored(client)
        state["files"].remove(file["id"])

        response = await client.get(content_of(file))

        assert (response.status_code, response.json()["code"]) == (404, "file_not_found")
