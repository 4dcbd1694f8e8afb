"""The work of Jinja and Copier, done once for each text.

For every file, Copier has Jinja compile the names of all folders above it anew, and for every
render each default and each validator: half of a render's processor time. What is compiled follows
from the text and the kind of environment alone. Of the other half, most goes into rendering those
names again, with answers that do not change any more, and into asking git about each file. Before
all that the questions are read, by a parser that is written in Python where there is one in C.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, SimpleNamespace
from typing import Any, Final, cast
from unittest.mock import patch

import yaml
from copier._main import Worker
from jinja2 import Environment
from jinja2.lexer import Lexer

COMPILE: Final = cast("Callable[..., CodeType]", Environment.compile)
COMPILED: Final[dict[tuple[type[Environment], Lexer, str], CodeType]] = {}

READING: Final = SimpleNamespace(
    **{**vars(yaml), "SafeLoader": getattr(yaml, "CSafeLoader", yaml.SafeLoader)}
)
"""What reads a template's questions. Answers are read as ever: in C no surrogates are taken."""


def compile_once(environment: Environment, source: str, *named: object, **how: object) -> CodeType:
    """Remember what has no name; a file of a template has one, and is compiled once anyway."""
    if named or how:
        return COMPILE(environment, source, *named, **how)
    key = (type(environment), environment.lexer, source)
    if key not in COMPILED:
        COMPILED[key] = COMPILE(environment, source)
    return COMPILED[key]


class Copying(Worker):
    """Copier; while it writes, each name is rendered once."""

    def _render_template(self) -> None:
        self._place = super().answers_relpath
        self._names: dict[str, str] = {}
        super()._render_template()
        del self._place, self._names

    @property
    def answers_relpath(self) -> Path:
        """Where the answers are written, which every name is compared with."""
        return getattr(self, "_place", None) or super().answers_relpath

    def _render_string(self, string: str, extra_context: dict[str, Any] | None = None) -> str:
        names: dict[str, str] | None = getattr(self, "_names", None)
        if names is None or extra_context:
            return super()._render_string(string, extra_context)
        if string not in names:
            names[string] = super()._render_string(string, extra_context)
        return names[string]

    def _sync_git_index_executable_bit(self, dst_relpath: Path, src_mode: int) -> None:
        """Leave it to git, which sees what may be executed wherever these tests run."""


@contextmanager
def copied_once() -> Generator[None]:
    """Have Copier do in this process what it does, in a quarter of the time."""
    with (
        patch.object(Environment, "compile", compile_once),
        patch("copier._template.yaml", READING),
        patch("copier._main.Worker", Copying),
    ):
        yield
