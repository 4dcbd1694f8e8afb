"""The service's own commands: `python -m app.cli`."""

import sys
from collections.abc import Callable
from functools import cache, wraps
from typing import ParamSpec

import typer

from app.config.log import LogSettings
from app.config.settings import load_section
from app.core.command import Command
from app.core.errors import AppError
from app.core.logging import configure_logging
from app.core.modules import find
from app.core.terminal import unseen

Arguments = ParamSpec("Arguments")


@cache
def commands() -> list[Command]:
    """Find them, which loads whatever they use."""
    return find("app.commands", Command)


def build() -> typer.Typer:
    """Make the program; each command's arguments are those of its function."""
    program = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)
    program.callback()(describe)
    for command in commands():
        program.command(command.name)(prepared(command.run))
    return program


def describe() -> None:
    """Run a command of the service."""


def prepared(command: Callable[Arguments, None]) -> Callable[Arguments, None]:
    """Log to standard error, and say what is refused in one sentence."""

    @wraps(command)
    def run(*args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
        configure_logging(load_section(LogSettings), sys.stderr)
        try:
            command(*args, **kwargs)
        except AppError as error:
            raise SystemExit(error.detail) from None

    return run


if __name__ == "__main__":
    with unseen():
        program = build()
    program()
