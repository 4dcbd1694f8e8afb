"""Why an answer is refused: the sentence says what, why and what to do."""

from collections.abc import Iterable
from difflib import get_close_matches

from generator.engine.questionnaire import Questionnaire
from generator.engine.questions import Question
from generator.engine.values import KINDS, Value, shown
from generator.errors import AnswerError


def refuse_unknown(questionnaire: Questionnaire, names: Iterable[str]) -> None:
    """Refuse a name that no question has, and suggest the nearest."""
    known = {question.name for question in questionnaire.questions if not question.typed}
    for name in names:
        if name in known:
            continue
        offered = [question.name for question in questionnaire.asked]
        near = get_close_matches(name.lower().replace("-", "_"), offered, n=1)
        hint = f'did you mean "{near[0]}"?' if near else "`groundplan options` lists them all"
        raise AnswerError(f'there is no question "{name}": {hint}')


def read(question: Question, raw: Value) -> Value:
    """Read an answer as the question's type, or refuse it."""
    try:
        return question.read(raw)
    except ValueError as error:
        kind = "a list: write [one, another]" if question.multiselect else KINDS[question.type]
        raise AnswerError(f"{question.name}={shown(raw)} is not {kind}") from error


def refused(question: Question, value: Value, reason: str, hint: str = "") -> AnswerError:
    """Report an answer that the template, or a preset, has a reason against."""
    pair = f"{question.name}={shown(value)}"
    return AnswerError(reason if pair in reason else f"{pair} is refused: {reason}", hint)


def not_offered(question: Question, value: Value) -> AnswerError:
    """Report an answer that is none of the choices."""
    *most, last = [shown(choice.value) for choice in question.choices]
    offered = f"{', '.join(most)} or {last}" if most else last
    return AnswerError(f"{question.name}={shown(value)} is not possible: choose {offered}")


def without_effect(question: Question, value: Value) -> AnswerError:
    """Report an answer to a question that the other answers leave out."""
    return AnswerError(
        f"{question.name}={shown(value)} has no effect, because it is asked only when "
        f"{question.condition}: leave it out, or change that answer"
    )


def without_default(question: Question) -> AnswerError:
    """Report a question that was not answered, and cannot answer itself."""
    return AnswerError(f"{question.name} has no default: give it with {question.flag}")
