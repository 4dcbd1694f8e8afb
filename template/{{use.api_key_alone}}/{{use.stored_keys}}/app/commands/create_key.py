"""A new key, without the API."""

import asyncio
from typing import Annotated, Final

import typer
from pydantic import TypeAdapter

from app.commands.checked import checked
from app.commands.keys import database_session
from app.core.command import command
from app.repositories.api_key import ApiKeyRepository
from app.schemas.api_key import LONGEST_LIFE, KeyName, NewKey, Subject
from app.schemas.permissions.base import Permission, find_permission, permissions
from app.services.api_key import ApiKeyService

NAME: Final[TypeAdapter[str]] = TypeAdapter(KeyName)
SUBJECT: Final[TypeAdapter[str]] = TypeAdapter(Subject)


@command
def create_key(
    name: Annotated[str, typer.Argument(help="What it is for.", callback=checked(NAME))],
    subject: Annotated[str, typer.Option(help="Whose key it is.", callback=checked(SUBJECT))],
    scope: Annotated[
        list[Permission] | None,
        typer.Option(help="What it may do; may be given several times.", parser=find_permission),
    ] = None,
    all_scopes: Annotated[bool, typer.Option("--all-scopes", help="It may do everything.")] = False,
    expires_days: Annotated[int, typer.Option(min=0, max=LONGEST_LIFE, help="0: never.")] = 90,
) -> None:
    """Make a key, and print it: it is not shown again."""
    scopes = frozenset(permissions() if all_scopes else scope or ())
    body = NewKey(name=name, scopes=scopes, expires_days=expires_days or None)
    typer.echo(asyncio.run(make(subject, body)))


async def make(subject: str, body: NewKey) -> str:
    """Store it."""
    async with database_session() as session:
        made = await ApiKeyService(ApiKeyRepository(session)).make(subject, body)
    return made.key
