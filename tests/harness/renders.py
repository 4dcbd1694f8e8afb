"""Renders of the template, each made once and then copied."""

import fcntl
import hashlib
import json
import shutil
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Final

import copier

from tests.harness.compiling import copied_once
from tests.harness.places import QUESTIONNAIRE, ROOT, TEMPLATE, files_in

Answers = Mapping[str, str | bool]

READ: Final[list[str]] = []
"""The answers whose renders this process has asked for, in order."""

PLACE: Final = "my-service"
"""The folder that a service is rendered into: the default of its name follows from it."""

KEPT_TEMPLATES: Final = 4
"""So many states of the template keep their renders, for whoever goes back and forth."""


class Renders:
    """A folder of renders that outlives a session: each is found again by what it is made of.

    Several processes may use it at once. A render in it is only read; whoever changes one takes
    a copy.
    """

    def __init__(self, cache: Path) -> None:
        self.bytecode = cache.with_name("bytecode")
        self.folder = cache / f"{version('copier')}-{template_digest()}"
        if not self.folder.exists():
            forget(cache, KEPT_TEMPLATES)
        self.folder.mkdir(parents=True, exist_ok=True)

    @cached_property
    def template(self) -> Path:
        """Today's template as a plain folder, so that no state of git decides what is read."""
        return self._made_once("template", copy_template)

    def get(self, answers: Answers) -> Path:
        """Give the render of some answers. Not to be changed."""
        READ.append(json.dumps(sorted(answers.items())))
        return self.peek(answers)

    def peek(self, answers: Answers) -> Path:
        """Give one to look whether it is as it was, which does not count as reading it."""
        text = json.dumps(sorted(answers.items()))
        name = hashlib.sha256(text.encode()).hexdigest()[:20]
        return (
            self._made_once(name, lambda folder: render(self.template, folder / PLACE, answers))
            / PLACE
        )

    def copy(self, answers: Answers, destination: Path) -> Path:
        """Copy the render of some answers, to be changed at will."""
        return shutil.copytree(self.get(answers), destination)

    def _made_once(self, name: str, make: Callable[[Path], None]) -> Path:
        folder = self.folder / name
        with locked(folder.with_suffix(".lock")):
            if not folder.exists():
                draft = folder.with_suffix(".draft")
                shutil.rmtree(draft, ignore_errors=True)
                make(draft)
                draft.rename(folder)
        return folder


def template_digest() -> str:
    """Sum up everything that a render depends on, but for its answers."""
    digest = hashlib.sha256()
    for path in [QUESTIONNAIRE, *files_in(TEMPLATE)]:
        digest.update(f"{path.relative_to(ROOT)}\0{path.stat().st_mode}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:20]


def copy_template(folder: Path) -> None:
    """Copy what Copier reads, and nothing else of this repository."""
    for path in [QUESTIONNAIRE, *files_in(TEMPLATE)]:
        destination = folder / path.relative_to(ROOT)
        destination.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, destination)


def render(template: Path, destination: Path, answers: Answers) -> None:
    """Let Copier render, without a question and without trust."""
    with copied_once():
        copier.run_copy(
            str(template),
            destination,
            data=dict(answers),
            defaults=True,
            quiet=True,
            settings=copier.Settings(),
        )


@contextmanager
def locked(path: Path) -> Generator[None]:
    """Let one process at a time in; the lock ends with the process that holds it."""
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def forget(cache: Path, kept: int) -> None:
    """Remove the renders of all but the newest templates."""
    folders = [folder for folder in cache.glob("*") if folder.is_dir()]
    folders.sort(key=lambda folder: folder.stat().st_mtime, reverse=True)
    for folder in folders[kept:]:
        shutil.rmtree(folder, ignore_errors=True)
