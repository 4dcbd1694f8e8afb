"""The first administrator: no account is there by default (OWASP API8:2023)."""

import asyncio
import sys
from typing import Annotated

import typer
from pydantic import ValidationError

from app.config.settings import Settings, load_settings
from app.core.command import command
from app.core.database.session import open_database, transaction
from app.core.security.account_errors import PasswordRefusedError
from app.core.security.passwords import Passwords
from app.schemas.accounts.auth import Registration
from app.services.accounts.user import UserService


@command
def create_admin(
    email: Annotated[str, typer.Argument(help="The e-mail to sign in with.")],
) -> None:
    """Add an administrator; the password is asked for, or read from standard input."""
    registration = check(email, read_password())
    asyncio.run(store(load_settings(), registration))
    typer.echo(f"{registration.email} can sign in as an administrator.")


def read_password() -> str:
    """Ask a person, twice and without showing it; take one line from anything else."""
    if sys.stdin.isatty():
        return typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    return sys.stdin.readline().removesuffix("\n")


def check(email: str, password: str) -> Registration:
    """Hold both against the rules for everybody, or raise PasswordRefusedError."""
    try:
        return Registration(email=email, password=password)
    except ValidationError as error:
        raise PasswordRefusedError(explain(error)) from None


def explain(error: ValidationError) -> str:
    """Say what is wrong, without the value; a rule without a place is about the password."""
    rules = (f"{(*each['loc'], 'password')[0]}: {each['msg']}" for each in error.errors())
    return "; ".join(rules)


async def store(settings: Settings, registration: Registration) -> None:
    """Hash the password, then store the user."""
    password_hash = await Passwords(settings.auth).hash(registration.password)
    async with open_database(settings.database) as database, transaction(database) as session:
        await UserService(session).add_admin(registration.email, password_hash)
