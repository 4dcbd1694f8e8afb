"""The first administrator: no account is there by default (OWASP API8:2023)."""

import asyncio
import sys
from secrets import token_urlsafe
from typing import Annotated

import typer
from pydantic import ValidationError

from app.config.auth import AuthSettings
from app.config.database import DatabaseSettings
from app.config.settings import load_section
from app.core.command import command
from app.core.database.session import open_database, transaction
from app.core.security.account_errors import PasswordRefusedError
from app.core.security.passwords import Passwords, normalized
from app.schemas.accounts.auth import Registration
from app.schemas.accounts.password import SHORTEST
from app.services.accounts.user import UserService


@command
def create_admin(
    email: Annotated[str, typer.Argument(help="The e-mail to sign in with.")],
) -> None:
    """Add an administrator; the password is asked for, or read from standard input."""
    registration = ask(email) if sys.stdin.isatty() else check(email, read_line())
    asyncio.run(store(registration))
    typer.echo(f"{registration.email} can sign in as an administrator.")


def ask(email: str) -> Registration:
    """Tell the rules and ask, hidden, until one keeps them and is repeated."""
    check(email, token_urlsafe())
    typer.echo(f"At least {SHORTEST} characters, none of the common passwords, nor your e-mail.")
    while True:
        try:
            registration = check(email, typer.prompt("Password", hide_input=True))
        except PasswordRefusedError as error:
            typer.echo(error.detail)
            continue
        repeated = normalized(typer.prompt("Once more", hide_input=True))
        if repeated == registration.password:
            return registration
        typer.echo("That was another one.")


def read_line() -> str:
    """Take one line from what is no terminal."""
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


async def store(registration: Registration) -> None:
    """Hash the password, then store the user."""
    passwords, settings = Passwords(load_section(AuthSettings)), load_section(DatabaseSettings)
    password_hash = await passwords.hash(registration.password)
    async with open_database(settings) as database, transaction(database) as session:
        await UserService(session).add_admin(registration.email, password_hash)
