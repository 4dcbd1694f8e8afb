"""The end of a key."""

import asyncio
from typing import Annotated

import typer

from app.commands.keys import database_session
from app.core.command import command
from app.core.errors import NotFoundError
from app.repositories.api_key import ApiKeyRepository
from app.services.api_key import ApiKeyService


@command
def revoke_key(prefix: Annotated[str, typer.Argument(help="What list-keys shows of it.")]) -> None:
    """End a key, at once and for good."""
    asyncio.run(revoke(prefix))
    typer.echo(f"The key {prefix} opens nothing any more.")


async def revoke(prefix: str) -> None:
    """Find it, and end it."""
    async with database_session() as session:
        keys = ApiKeyRepository(session)
        found = await keys.find(prefix)
        if found is None:
            raise NotFoundError("There is no key of this prefix: see list-keys.")
        await ApiKeyService(keys).revoke(found)
