"""Notifications are not kept for ever."""

import asyncio

import typer

from app.config.database import DatabaseSettings
from app.config.notifications import NotificationSettings
from app.config.settings import load_section
from app.core.command import command
from app.core.database.session import open_database
from app.models.utc import utc_now
from app.services.notification import purge


@command
def purge_notifications() -> None:
    """Delete the notifications that are older than NOTIFICATIONS_KEEP_DAYS."""
    typer.echo(f"{asyncio.run(delete())} deleted")


async def delete() -> int:
    """Delete them, and say how many these were."""
    before = utc_now() - load_section(NotificationSettings).kept
    async with open_database(load_section(DatabaseSettings)) as database:
        return await purge(database, before)
