"""app.commands.purge_notifications: what is old goes, in as many parts as it takes."""

from collections.abc import MutableMapping
from datetime import timedelta

import pytest
from anyio.to_thread import run_sync
from typer.testing import CliRunner

from app import cli
from app.commands import purge_notifications
from app.core.database.session import Database, transaction
from app.models.utc import utc_now
from app.repositories.notification import NotificationRepository
from app.services import notification


@pytest.mark.parametrize(("days", "deleted"), [(6, 0), (8, 3)])
async def test_older_than_it_is_kept(
    database: Database,
    environment: MutableMapping[str, str],
    monkeypatch: pytest.MonkeyPatch,
    days: int,
    deleted: int,
) -> None:
    environment["NOTIFICATIONS_KEEP_DAYS"] = "7"
    later = utc_now() + timedelta(days=days)
    monkeypatch.setattr(purge_notifications, "utc_now", lambda: later)
    monkeypatch.setattr(notification, "PURGED", 2)
    async with transaction(database) as session:
        for _ in range(3):
            await NotificationRepository(session).add("ada", "probe", "text")

    result = await run_sync(CliRunner().invoke, cli.build(), ["purge-notifications"])

    assert result.stdout == f"{deleted} deleted\n"
    async with transaction(database) as session:
        assert await NotificationRepository(session).count_unread("ada") == 3 - deleted
