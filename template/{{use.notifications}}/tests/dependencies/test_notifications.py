"""app.dependencies.notifications: what is not committed is not said."""

import asyncio
from collections.abc import AsyncGenerator

import pytest
from fastapi import FastAPI
from httpx2 import AsyncClient

from app.config.settings import Settings
from app.core.database.session import Database
from app.core.errors import ConflictError
from app.core.lifespan import State, open_state
from app.core.live.window import Window
from app.dependencies.database import SessionDep
from app.dependencies.live import window_of
from app.dependencies.notifications import NotifierDep
from app.main import create_app
from tests.support.client import open_client
from tests.support.database import execute
from tests.support.notifications import NOTIFICATIONS, READ, inbox, said, send
from tests.support.recipients import Recipient, add_recipient

INSERT_ORPHAN = "INSERT INTO probe_children (id, parent_id) VALUES (1, 99)"
AT_ONCE = 20


def add_routes(app: FastAPI) -> None:
    """Add ways to notify somebody and fail."""

    @app.post("/regrets/{subject}")
    async def regret(subject: str, notifier: NotifierDep) -> None:
        await notifier.send(subject, "greeting", "never")
        raise ConflictError("No.")

    @app.post("/orphans/{subject}")
    async def add_orphan(subject: str, notifier: NotifierDep, session: SessionDep) -> None:
        await notifier.send(subject, "greeting", "never")
        await execute(session, INSERT_ORPHAN)


@pytest.fixture
async def live_state(
    settings: Settings,
    database: Database,  # noqa: ARG001 - is emptied at the end
) -> AsyncGenerator[State]:
    """The running service's state, in which transactions end as in production."""
    async with open_state(settings) as state:
        yield state


@pytest.fixture
async def probed(settings: Settings, live_state: State) -> AsyncGenerator[AsyncClient]:
    """A client of the service with these routes."""
    app = create_app(settings)
    add_routes(app)
    async with open_client(app, live_state) as client:
        yield client


@pytest.fixture
async def ada(live_state: State) -> Recipient:
    """Somebody who is told something."""
    return await add_recipient(live_state)


@pytest.fixture
def own_window(live_state: State) -> Window:
    """What listeners were told."""
    return window_of(live_state)


@pytest.mark.usefixtures("probe_tables")
@pytest.mark.parametrize("path", ["regrets", "orphans"])
async def test_not_committed(
    probed: AsyncClient, ada: Recipient, own_window: Window, path: str
) -> None:
    """The second fails at its commit, where the database can wait so long."""
    before = (await own_window.read(None)).end

    response = await probed.post(f"/{path}/{ada.subject}")

    assert response.status_code == 409
    assert await said(own_window, before) == []
    assert (await inbox(probed, ada.auth))["total"] == 0


async def test_committed(probed: AsyncClient, ada: Recipient, own_window: Window) -> None:
    before = (await own_window.read(None)).end

    await send(probed, ada, "one")

    assert len(await said(own_window, before)) == 1


async def test_many_mark_at_once(probed: AsyncClient, ada: Recipient) -> None:
    sent = await send(probed, ada, "one", "two", "three")
    paths = [READ, *(f"{NOTIFICATIONS}/{each['id']}/read" for each in sent)]

    answers = await asyncio.gather(
        *(probed.put(paths[number % 4], auth=ada.auth) for number in range(AT_ONCE))
    )

    assert [each.status_code for each in answers] == [204] * AT_ONCE
    assert (await inbox(probed, ada.auth))["unread"] == 0
