"""A new key, to be configured."""

from typing import Annotated

import typer
from pydantic import StringConstraints, TypeAdapter

from app.commands.checked import checked
from app.core.command import command
from app.core.security.keys import new_key
from app.schemas.permissions.base import Permission, find_permission, permissions

NAME: TypeAdapter[str] = TypeAdapter(
    Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")]
)


@command
def create_key(
    name: Annotated[str, typer.Argument(help="Whose key it is.", callback=checked(NAME))],
    scope: Annotated[
        list[Permission] | None,
        typer.Option(help="What it may do; may be given several times.", parser=find_permission),
    ] = None,
    all_scopes: Annotated[bool, typer.Option("--all-scopes", help="It may do everything.")] = False,
) -> None:
    """Draw a key, and print it with what goes into API_KEYS; it is kept nowhere."""
    key = new_key()
    scopes = sorted(permissions()) if all_scopes else sorted(set(scope or ()))
    typer.echo(f"The key, which is not shown again:\n{key.reveal()}\n")
    typer.echo("What the service is told of it, beside the keys that are there already:")
    typer.echo(f"API_KEYS={name}:{key.digest}:{'+'.join(scopes)}")
