"""How a command is declared."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """A function that is called by name; its arguments are those of the command."""

    name: str
    run: Callable[..., None]


def command(run: Callable[..., None]) -> Command:
    """Declare a command, called like its function, with dashes."""
    return Command(run.__name__.replace("_", "-"), run)
