"""Every option of a template: its question, its values, and what each implies."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.engine.evaluator import Evaluator
from generator.engine.implications import Implications, possible
from generator.engine.questions import Question
from generator.engine.template import Template
from generator.engine.values import Value, shown


@dataclass(frozen=True)
class Possibility:
    """Describe one value of an option."""

    value: Value
    label: str
    implies: tuple[str, ...]


@dataclass(frozen=True)
class Option:
    """Describe one question as an option of the command line."""

    name: str
    flag: str
    type: str
    help: str
    default: Value
    values: tuple[Possibility, ...]
    condition: str


def collect(template: Template) -> list[Option]:
    """Return the options of a template, in the order in which they are asked."""
    evaluator = Evaluator(template.questionnaire)
    implications = Implications(evaluator)
    defaults = evaluator.complete({}).values
    return [
        Option(
            name=question.name,
            flag=question.flag,
            type=question.type,
            help=question.help,
            default=defaults.get(question.name),
            values=tuple(_possibilities(question, implications)),
            condition=question.condition,
        )
        for question in template.questionnaire.asked
    ]


def _possibilities(question: Question, implications: Implications) -> Iterator[Possibility]:
    implied = implications.of(question)
    for value in possible(question):
        choice = question.choice(value)
        yield Possibility(value, choice.label if choice else "", implied[shown(value)])
