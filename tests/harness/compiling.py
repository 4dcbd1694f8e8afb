"""Jinja's work, done once for each text.

For every file, Copier has Jinja compile the names of all folders above it anew, and for every
render each default and each validator: half of a render's processor time. What is compiled follows
from the text and the kind of environment alone.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import CodeType
from typing import Final, cast
from unittest.mock import patch

from jinja2 import Environment
from jinja2.lexer import Lexer

COMPILE: Final = cast("Callable[..., CodeType]", Environment.compile)
COMPILED: Final[dict[tuple[type[Environment], Lexer, str], CodeType]] = {}


def compile_once(environment: Environment, source: str, *named: object, **how: object) -> CodeType:
    """Remember what has no name; a file of a template has one, and is compiled once anyway."""
    if named or how:
        return COMPILE(environment, source, *named, **how)
    key = (type(environment), environment.lexer, source)
    if key not in COMPILED:
        COMPILED[key] = COMPILE(environment, source)
    return COMPILED[key]


@contextmanager
def compiled_once() -> Generator[None]:
    """Have Copier do in this process what it does, in half of the time."""
    with patch.object(Environment, "compile", compile_once):
        yield
