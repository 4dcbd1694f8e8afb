"""A preset to begin with."""

import re
from collections.abc import Iterator

from generator.engine.implications import possible
from generator.engine.questionnaire import Questionnaire
from generator.engine.questions import Question
from generator.engine.values import shown

_TEXT = """\
# A preset proposes some answers of every new service and locks others.
# `groundplan preset validate` checks this file; `groundplan new --preset` uses it.
name: {name}
version: "1.0"
description: What our services have in common

# Told to whoever runs into a lock.
message: ask the platform team

# Proposed: a service may choose others.
defaults:
  author: The platform team

# Fixed: every other answer is refused, at the first copy and at each update.
lock:
  python_version: "3.13"

# Every question can be proposed or locked. These are offered, with their values:
{questions}
"""


def starter(stem: str, questionnaire: Questionnaire) -> str:
    """Return the text of a preset for a file of some name."""
    name = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-") or "preset"
    name = name if name[0].isalpha() else f"preset-{name}"
    questions = "\n".join(f"#   {line}" for line in _lines(questionnaire.asked))
    return _TEXT.format(name=name[:50].rstrip("-"), questions=questions)


def _lines(questions: tuple[Question, ...]) -> Iterator[str]:
    for question in questions:
        values = ", ".join(map(shown, possible(question)))
        yield f"{question.name}: {values or 'text'}"
