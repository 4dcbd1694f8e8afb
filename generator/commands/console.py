"""Everything that is printed: results to stdout, and all that is said on the way to stderr."""

import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import TextIO

from generator.errors import OutputError

_RED, _BOLD, _PLAIN = "\x1b[31m", "\x1b[1m", "\x1b[0m"


def set_up() -> None:
    """Let a terminal that lacks a character show its number instead of ending the command."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError):
            stream.reconfigure(errors="backslashreplace")  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue]


def interactive() -> bool:
    """Tell whether someone can be asked."""
    return _is_terminal(sys.stdin) and _is_terminal(sys.stdout)


def result(text: str) -> None:
    """Print what the command was asked for."""
    try:
        print(text, flush=True)  # noqa: T201
    except OSError as error:
        give_up_broken_output()
        reason = (error.strerror or str(error)).lower()
        raise OutputError(f"the output cannot be written: {reason}") from error


def result_json(document: Mapping[str, object]) -> None:
    """Print what the command was asked for, for a machine."""
    result(json.dumps(document, indent=2, ensure_ascii=False))


def progress(text: str) -> None:
    """Say what is being done."""
    _say(f"{text} ...")


def note(text: str) -> None:
    """Say what the user should know, though nothing failed."""
    _say(f"note: {text}")


def error(text: str) -> None:
    """Say why the command stops."""
    _say(f"{_styled('error:', _RED, sys.stderr)} {text}")


def stopped() -> None:
    """Say that the command did not finish because it was told to stop."""
    _say("Stopped; nothing is left behind.")


def heading(text: str) -> str:
    """Make a line stand out where colours are wanted."""
    return _styled(text, _BOLD, sys.stdout)


def give_up_broken_output() -> None:
    """Let stdout go when it cannot be written: Python would fail at it once more when it ends."""
    with suppress(AttributeError, ValueError):
        try:
            sys.stdout.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(text: str) -> None:
    """Print to stderr; nothing fails because nobody can read what is said on the way."""
    with suppress(OSError):
        print(text, file=sys.stderr, flush=True)  # noqa: T201


def _styled(text: str, style: str, stream: TextIO) -> str:
    coloured = _is_terminal(stream) and not os.environ.get("NO_COLOR")
    return f"{style}{text}{_PLAIN}" if coloured else text


def _is_terminal(stream: TextIO | None) -> bool:
    """Tell whether a stream is a terminal; one that was closed at the start is not even there."""
    return stream is not None and stream.isatty()
