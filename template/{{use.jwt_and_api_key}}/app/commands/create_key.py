"""A new key, without the API."""

import asyncio
from typing import Annotated, Final

import typer
from pydantic import TypeAdapter

from app.commands.checked import checked
from app.commands.keys import database_session
from app.core.command import command
from app.core.errors import NotFoundError
from app.repositories.accounts.user import UserRepository
from app.repositories.api_key import ApiKeyRepository
from app.schemas.api_key import LONGEST_LIFE, KeyName, NewKey
from app.schemas.permissions.base import Permission, find_permission, permissions
from app.services.api_key import ApiKeyService

NAME: Final[TypeAdapter[str]] = TypeAdapter(KeyName)


@command
def create_key(
    name: Annotated[str, typer.Argument(help="What it is for.", callback=checked(NAME))],
    email: Annotated[str, typer.Option(help="The e-mail of the user whose key it is.")],
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
    typer.echo(asyncio.run(make(email, body)))


async def make(email: str, body: NewKey) -> str:
    """Store it for a user; it never does more than they may."""
    async with database_session() as session:
        user = await UserRepository(session).get_by_email(email.lower())
        if user is None:
            raise NotFoundError("There is no user with this e-mail.")
        made = await ApiKeyService(ApiKeyRepository(session)).make(str(user.id), body)
    return made.key
