"""The command `options`."""

from collections.abc import Iterator
from dataclasses import asdict

from generator.commands import console
from generator.commands.parameters import AsJson, OtherTemplate
from generator.engine.evaluator import Evaluator
from generator.engine.features import describe
from generator.engine.options import Option, collect
from generator.engine.template import Template
from generator.engine.values import shown
from generator.lifecycle.sources import opened


def options(json: AsJson = False, template: OtherTemplate = None) -> None:
    """Print every question of a template."""
    with opened(template) as source:
        found = collect(source)
        if json:
            console.result_json(_as_document(source, found))
        else:
            console.result(_as_text(found))


def _as_document(template: Template, options: list[Option]) -> dict[str, object]:
    """Write the options for a machine, and every feature of the template in gather order."""
    features = Evaluator(template.questionnaire).complete({}).switches
    return {
        "template": template.source,
        "options": [asdict(option) for option in options],
        "features": {name: describe(template, name).description for name in features},
    }


def _as_text(options: list[Option]) -> str:
    """Write the options for a reader."""
    return "\n\n".join("\n".join(map(str.rstrip, _lines(option))) for option in options)


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
