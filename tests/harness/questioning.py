"""The questions alone, asked by Copier itself: the answers without the time that files take."""

import shutil
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Final

import copier
import yaml

from generator.engine.values import Document
from tests.harness.compiling import copied_once
from tests.harness.options import offered
from tests.harness.places import ANSWERS_FILE, TEMPLATE
from tests.harness.values import Value

PRESET: Final[Document] = {"name": "acme", "version": "1.0", "defaults": {}, "lock": {}}
"""A preset without a word about any question."""


def questions_of(documents: Document, folder: Path) -> Path:
    """Make a template of questions that renders its answers file and nothing else."""
    folder.mkdir()
    text = yaml.safe_dump(documents, sort_keys=False, allow_unicode=True)
    (folder / "copier.yml").write_text(text)
    shutil.copy(TEMPLATE / "{{_copier_conf.answers_file}}.jinja", folder)
    return folder


def todays_questions() -> Document:
    """Give the settings and questions of copier.yml as one document, to be changed at will."""
    questionnaire = offered().questionnaire
    asking = {"_envops": questionnaire.settings["_envops"], "_answers_file": ANSWERS_FILE}
    questions = {question.name: question.details for question in questionnaire.questions}
    return deepcopy({**asking, **questions})


def answered(
    template: Path, service: Path, data: Mapping[str, object], **settings: object
) -> Document:
    """Let Copier answer, by ``data`` and else by defaults, and give what it records."""
    with copied_once():
        copier.run_copy(
            str(template),
            service,
            data=dict(data),
            defaults=True,
            overwrite=True,
            quiet=True,
            settings=copier.Settings(defaults=settings),
        )
    return yaml.safe_load((service / ANSWERS_FILE).read_text())


def locking(lock: Mapping[str, object], **more: object) -> dict[str, object]:
    """Make a preset that locks some answers."""
    return {**PRESET, "lock": dict(lock), **more}


def another_value(name: str) -> Value:
    """Give a value that is not the default of a question, and that its validator takes."""
    default = offered().evaluator.complete({}).values[name]
    others = (value for value in offered().values.get(name, ()) if value != default)
    return next(others, "another-one")


def circumstances(name: str, value: Value) -> dict[str, Value]:
    """Give an answer to another question, if it takes one for this one to be asked."""
    single = ({other: each} for other, values in offered().values.items() for each in values)
    for more in ({}, *single):
        if name not in more and offered().is_possible({**more, name: value}):
            return more
    raise AssertionError(f"no answer to another question makes {name}={value} possible")


def unneeded(name: str) -> dict[str, Value]:
    """Answer with no whatever would switch a feature on that is itself answered with no."""
    switches = (True, False)
    if offered().values.get(name) != switches:
        return {}
    return {
        other: False
        for other, values in offered().values.items()
        if other != name
        and values == switches
        and offered().is_possible({name: False, other: True})
        and name in offered().features({name: False, other: True})
    }
