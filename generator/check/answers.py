"""Whether the recorded answers make sense together."""

from collections.abc import Iterator

from generator.check.findings import Finding, Level
from generator.check.subject import Subject
from generator.engine.evaluator import Evaluator
from generator.errors import AnswerError


def check_answers(subject: Subject) -> Iterator[Finding]:
    """Answer the questions of the template with what is recorded."""
    try:
        Evaluator(subject.template.questionnaire).complete(subject.answers)
    except AnswerError as error:
        text = f"the answers file does not fit this version of the template: {error.reason}"
        yield Finding("answers", Level.ERROR, text)
    else:
        yield Finding("answers", Level.FINE, f"{len(subject.answers)} answers fit together")
