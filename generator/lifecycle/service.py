"""A new service, from the answers to the first commit."""

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from generator.engine.answers import Answers
from generator.engine.evaluator import Evaluator
from generator.engine.template import Template
from generator.engine.values import Document
from generator.lifecycle import copying, dotenv, repository
from generator.lifecycle.arrangement import arrange
from generator.lifecycle.checkout import Revision, examine
from generator.lifecycle.recording import sign
from generator.lifecycle.repository import Repository
from generator.lifecycle.target import Target

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
    replaced: tuple[str, ...]
    repository: Repository
    seconds: float

    @property
    def notes(self) -> tuple[str, ...]:
        """Return what the user should know, though the service is whole."""
        unsaved = _UNSAVED if self.revision.dirty else None
        kept = f"replaced, and kept by git: {', '.join(self.replaced)}" if self.replaced else None
        return tuple(note for note in (unsaved, kept, self.repository.note) if note)


def settle(order: Order, *, interactive: bool) -> tuple[Document, Answers]:
    """Return the answers to hand to Copier, and all that follow; ask when someone is there."""
    order.target.refuse_taken(order.template.files)
    if order.target.existing:
        order.target.existing.refuse_service(order.template.answers_file)
    given = order.given
    if interactive:
        order.evaluator.check_given(given)
        given = copying.ask(order.template, given, order.target.path.name)
    return given, order.evaluator.complete(given)


def make(
    order: Order, given: Document, answers: Answers, progress: Callable[[str], None]
) -> Service:
    """Render beside the target, commit, and put the whole in place in one step."""
    started = time.perf_counter()
    made, files, replaced = Repository(), (), ()

    def commit() -> None:
        nonlocal made
        if order.with_git:
            made = repository.commit_in(order.target.path, files)

    with order.target.staged(commit) as folder:
        progress("Rendering the template")
        made_from = fill(order, folder, given, answers)
        files = listing(folder)
        if order.target.existing:
            replaced = order.target.existing.replaced_by(files)
        elif order.with_git:
            progress("Making the first commit")
            made = repository.begin(folder, order.target.path)
        dotenv.begin(folder)  # after the commit, so that no template gets secrets into it
    seconds = round(time.perf_counter() - started, 2)
    source = order.template.source
    return Service(order.target.path, source, made_from, answers, files, replaced, made, seconds)


def fill(order: Order, folder: Path, given: Document, answers: Answers) -> Revision:
    """Render into a new folder, with the template's place and commit in the answers file."""
    template = order.template
    names, revision = examine(template)
    with tempfile.TemporaryDirectory(prefix=".template-", dir=folder.parent) as scratch:
        arranged = arrange(template, names, answers.use, Path(scratch).resolve())
        copying.render(arranged, folder, given)
    sign(folder / template.answers_file, template, revision)
    return revision


def listing(folder: Path) -> tuple[str, ...]:
    """Return the files in a folder, sorted, relative to it."""
    files = (path for path in folder.rglob("*") if not path.is_dir())
    return tuple(sorted(path.relative_to(folder).as_posix() for path in files))
