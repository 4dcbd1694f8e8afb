"""Every option of a template: its question, its values, and what each implies."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from generator.answers import Evaluator
from generator.features import describe
from generator.implications import Implications, possible
from generator.questions import Question
from generator.template import Template
from generator.values import Value, shown


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


def as_document(template: Template, options: list[Option]) -> dict[str, object]:
    """Write the options for a machine, and every feature of the template in gather order."""
    table = Evaluator(template.questionnaire).complete({}).values.get("switches")
    features = table if isinstance(table, dict) else {}
    return {
        "template": template.source,
        "options": [asdict(option) for option in options],
        "features": {name: describe(template, name).description for name in features},
    }


def as_text(options: list[Option]) -> str:
    """Write the options for a reader."""
    return "\n\n".join("\n".join(map(str.rstrip, _lines(option))) for option in options)


def _possibilities(question: Question, implications: Implications) -> Iterator[Possibility]:
    implied = implications.of(question)
    for value in possible(question):
        choice = question.choice(value)
        yield Possibility(value, choice.label if choice else "", implied[shown(value)])


def _lines(option: Option) -> Iterator[str]:
    yield f"{option.flag}  ({option.type})  {option.help}"
    width = max((len(shown(value.value)) for value in option.values), default=0)
    for value in option.values:
        implied = f"  -> {', '.join(value.implies)}" if value.implies else ""
        label = f"  {value.label}" if value.label not in ("", shown(value.value)) else ""
        yield f"    {shown(value.value):{width}}{label}{implied}"
    yield f"    default: {shown(option.default)}"
    if option.condition:
        yield f"    asked when {option.condition}"
