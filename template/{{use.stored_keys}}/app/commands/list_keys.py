"""The keys that are stored."""

import asyncio

import typer

from app.commands.keys import database_session
from app.core.command import command
from app.models.api_key import ApiKey
from app.repositories.api_key import ApiKeyRepository
from app.schemas.api_key import OwnedKeyQuery


@command
def list_keys() -> None:
    """List all keys: prefix, owner, name, scopes, and how they stand."""
    for key in asyncio.run(read_all()):
        fields = (key.prefix, key.subject, key.name, key.scopes or "-", standing(key))
        typer.echo("\t".join(fields))


async def read_all() -> list[ApiKey]:
    """Read page after page."""
    found: list[ApiKey] = []
    async with database_session() as session:
        keys = ApiKeyRepository(session)
        page = await keys.list(OwnedKeyQuery(size=100, subject=None))
        while page.items:
            found += page.items
            page = await keys.list(OwnedKeyQuery(page=page.page + 1, size=100, subject=None))
    return found


def standing(key: ApiKey) -> str:
    """Say until when it is good."""
    if key.revoked_at is not None:
        return f"revoked {key.revoked_at:%Y-%m-%d}"
    if key.expires_at is None:
        return "never expires"
    return f"expires {key.expires_at:%Y-%m-%d}"
