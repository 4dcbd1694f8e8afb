"""What is left of uploads and deletions that were cut short."""

import asyncio
from typing import Annotated

import typer

from app.config.database import DatabaseSettings
from app.config.settings import load_section
from app.config.uploads import UploadSettings
from app.core.command import command
from app.core.database.session import open_database
from app.core.files.store import FileStore
from app.services.orphans import Orphans


@command
def orphans(
    remove: Annotated[bool, typer.Option("--remove", help="Remove what is found.")] = False,
) -> None:
    """Name files that no row knows, and rows whose file is gone; uploads may go on meanwhile."""
    asyncio.run(look(removes=remove))


async def look(*, removes: bool) -> None:
    """Print each as it is found."""
    store, settings = FileStore(load_section(UploadSettings).folder), load_section(DatabaseSettings)
    async with open_database(settings) as database:
        found = Orphans(store, database, removes=removes)
        async for name in found.bytes():
            typer.echo(f"file without a row: {name}")
        async for name in found.rows():
            typer.echo(f"row without a file: {name}")
