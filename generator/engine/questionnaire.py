"""The questionnaire: `copier.yml` and the files it includes, read the way Copier reads them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import yaml

from generator.engine.questions import Question
from generator.engine.values import Document
from generator.errors import TemplateError


@dataclass(frozen=True)
class Questionnaire:
    """Hold the template's settings (their names start with `_`) and its questions, in order."""

    settings: Document
    questions: tuple[Question, ...]

    @property
    def asked(self) -> tuple[Question, ...]:
        """Return the questions that a user may answer."""
        return tuple(question for question in self.questions if not question.computed)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of all questions, the computed ones too."""
        return tuple(question.name for question in self.questions)


def load(root: Path) -> Questionnaire:
    """Read the questionnaire of the template in a folder."""
    merged = _merge(_documents(_file(root)))
    settings = {name: value for name, value in merged.items() if name.startswith("_")}
    questions = tuple(
        Question(name, value if isinstance(value, dict) else {"default": value})
        for name, value in merged.items()
        if not name.startswith("_")
    )
    return Questionnaire(settings, questions)


def _file(root: Path) -> Path:
    for name in ("copier.yml", "copier.yaml"):
        if (root / name).is_file():
            return root / name
    raise TemplateError(
        f"{root} is no template, because it has no copier.yml: name a folder or git URL that has"
    )


def _documents(path: Path) -> list[Document]:
    # A class of our own, so that no other reader of YAML learns !include.
    loader_class = cast("type[yaml.Loader]", type("Loader", (yaml.SafeLoader,), {}))

    def include(_loader: yaml.Loader, node: yaml.Node) -> list[Document]:
        files = path.parent.glob(str(node.value))
        return [document for file in files for document in parse(file)]

    def parse(file: Path) -> list[Document]:
        loaded = yaml.load_all(file.read_bytes(), Loader=loader_class)
        return list(_flat(cast("Iterable[Document | list[Document] | None]", loaded)))

    yaml.add_constructor("!include", include, Loader=loader_class)
    try:
        return parse(path)
    except (OSError, ValueError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())
        raise TemplateError(f"the template's questions cannot be read: {reason}") from error


def _flat(documents: Iterable[Document | list[Document] | None]) -> Iterable[Document]:
    for document in documents:
        if isinstance(document, list):
            yield from document
        elif document is not None:
            yield document


def _merge(documents: Iterable[Document]) -> Document:
    merged: Document = {}
    for document in documents:
        merged |= document
    return merged
