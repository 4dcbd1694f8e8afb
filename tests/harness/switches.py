"""What answers switch on, by the table alone: a hundredth of the time of all questions."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from tests.harness.options import Options
from tests.harness.values import Value

ON: Final = re.compile(r"^ *(\w+): [Tt]rue$", re.MULTILINE)
TOGGLE: Final = (True, False)


def switched_on(options: Options, chosen: Mapping[str, Value]) -> frozenset[str]:
    """Read the table of switches, which takes all that it needs from the answers."""
    table, unasked = switches(options)
    rendered = options.evaluator.expressions.render(table, {**unasked, **chosen})
    return frozenset(ON.findall(str(rendered)))


@cache
def switches(options: Options) -> tuple[str, dict[str, object]]:
    """Give the table, and what it takes of questions that are not asked."""
    questions = options.questionnaire.questions
    table = next(str(each.default) for each in questions if each.name == "switches")
    toggles = (name for name, values in options.values.items() if values == TOGGLE)
    return table, {**options.evaluator.complete({}).values, **dict.fromkeys(toggles, False)}
