"""A new service, from the answers to the first commit."""

import re
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import yaml

from generator import console, copying, dotenv, repository
from generator.answers import Answers, Evaluator
from generator.arrangement import arrange
from generator.checkout import Revision, examine
from generator.repository import Repository
from generator.target import Target
from generator.template import Template
from generator.values import Document

_SOURCE = re.compile(r"^_src_path:.*\n(?:[ \t].*\n)*", re.MULTILINE)
_UNSAVED = (
    "the template has changes that are not committed, so the service records no commit "
    "and `copier update` cannot start from it"
)


@dataclass(frozen=True)
class Order:
    """Say what is wanted: where, from which template, with which answers."""

    target: Target
    template: Template
    given: Document
    with_git: bool = True

    @property
    def evaluator(self) -> Evaluator:
        """Return what answers the template's questions for this place."""
        return Evaluator(self.template.questionnaire, {"_folder_name": self.target.path.name})


@dataclass(frozen=True)
class Service:
    """Describe the service that was made."""

    path: Path
    source: str
    revision: Revision
    answers: Answers
    files: tuple[str, ...]
    repository: Repository
    seconds: float

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what the user should know, though the service is whole."""
        unsaved = _UNSAVED if self.revision.dirty else None
        return tuple(note for note in (unsaved, self.repository.note) if note)


def settle(order: Order, *, interactive: bool) -> tuple[Document, Answers]:
    """Return the answers to hand to Copier, and all that follow; ask when someone is there."""
    order.target.refuse_taken(order.template.files)
    given = order.given
    if interactive:
        order.evaluator.check_given(given)
        given = copying.ask(order.template, given)
    return given, order.evaluator.complete(given)


def make(order: Order, given: Document, answers: Answers) -> Service:
    """Render beside the target, commit, and put the whole in place in one step."""
    started = time.perf_counter()
    with order.target.staged() as folder:
        console.progress("Rendering the template")
        made_from = fill(order, folder, given, answers)
        files = listing(folder)
        made = Repository()
        if order.with_git:
            console.progress("Making the first commit")
            made = repository.begin(folder, order.target.path)
        dotenv.begin(folder)  # after the commit, so that no template gets secrets into it
    seconds = round(time.perf_counter() - started, 2)
    source = order.template.source
    return Service(order.target.path, source, made_from, answers, files, made, seconds)


def fill(order: Order, folder: Path, given: Document, answers: Answers) -> Revision:
    """Render into a new folder, with the template's place and commit in the answers file."""
    template = order.template
    names, revision = examine(template)
    with tempfile.TemporaryDirectory(prefix=".template-", dir=folder.parent) as scratch:
        arranged = arrange(template, names, answers.values.get("use"), Path(scratch).resolve())
        copying.render(arranged, folder, given)
    _sign(folder / template.answers_file, template, revision)
    return revision


def listing(folder: Path) -> tuple[str, ...]:
    """Return the files in a folder, sorted, relative to it."""
    files = (path for path in folder.rglob("*") if not path.is_dir())
    return tuple(sorted(path.relative_to(folder).as_posix() for path in files))


def _sign(file: Path, template: Template, revision: Revision) -> None:
    """Write into the answers file what Copier, which saw a plain folder, could not know."""
    if not file.is_file():
        return
    known = {"_commit": revision.commit, "_src_path": template.source}
    lines = {name: value for name, value in known.items() if value is not None}
    text = yaml.safe_dump(lines, allow_unicode=True, width=1000)
    recorded = file.read_text(encoding="utf-8")
    file.write_text(_SOURCE.sub(lambda _: text, recorded, count=1), encoding="utf-8")
