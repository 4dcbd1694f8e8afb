"""Whether a preset fits a template: its questions, their values, and all of them together."""

from generator.engine.answers import PRESET, Answers
from generator.engine.evaluator import Evaluator
from generator.engine.questionnaire import Questionnaire
from generator.engine.questions import Question
from generator.engine.refusals import refuse_unknown
from generator.engine.values import Document, shown
from generator.errors import AnswerError
from generator.presets.model import Decision, Preset
from generator.presets.reading import Draft, Script

_TEXT = ("str", "path")
_TYPES: dict[str, tuple[type, ...]] = {
    "bool": (bool,),
    "float": (int, float),
    "int": (int,),
    "str": (str,),
    "path": (str,),
}


def sound(script: Script, questionnaire: Questionnaire) -> Preset:
    """Return the preset that a text holds, or refuse it."""
    draft = examined(script, questionnaire)
    if draft.preset is None or draft.problems:
        raise script.refusal(draft.problems)
    return draft.preset


def examined(script: Script, questionnaire: Questionnaire) -> Draft:
    """Return a preset with all that is wrong with it."""
    draft = Draft(script)
    if draft.preset and draft.preset.name != (script.name or draft.preset.name):
        draft.note(("name",), f"the name of the file is {script.name}: call both the same")
    if draft.found:
        known = len(draft.problems)
        _examine_answers(draft, draft.found, Evaluator(questionnaire))
        if len(draft.problems) == known:
            _examine_combination(draft, draft.found, Evaluator(questionnaire))
    draft.problems.sort(key=lambda problem: problem.line)
    return draft


def _examine_answers(draft: Draft, preset: Preset, evaluator: Evaluator) -> None:
    questions = {question.name: question for question in evaluator.questionnaire.asked}
    for part, decisions in (("defaults", preset.defaults), ("lock", preset.lock)):
        for name, value in decisions.items():
            try:
                _examine_answer(name, value, questions.get(name), evaluator)
            except AnswerError as error:
                draft.note((part, name), str(error))
    for name in preset.lock.keys() & preset.defaults.keys():
        draft.note(("lock", name), f"{name} is in `defaults` and in `lock`: keep one of them")


def _examine_answer(
    name: str, value: Decision, question: Question | None, evaluator: Evaluator
) -> None:
    if question is None:
        questionnaire = evaluator.questionnaire
        refuse_unknown(Questionnaire(questionnaire.settings, questionnaire.asked), [name])
        return
    expected = (list,) if question.multiselect else _TYPES.get(question.type, (object,))
    if not isinstance(value, expected) or (
        isinstance(value, bool) and question.type in {"int", "float"}
    ):
        remedy = (
            "put it in quotes"
            if question.type in _TEXT
            else f"it has to be of type {question.type}"
        )
        raise AnswerError(f"{name}: {value!r} is of type {type(value).__name__}: {remedy}")
    evaluator.check_given({name: _plain(value)})


def _examine_combination(draft: Draft, preset: Preset, evaluator: Evaluator) -> None:
    """Answer what is open by its default, and name the decision that makes it impossible."""
    try:
        _note_idle(draft, preset, evaluator, evaluator.complete({PRESET: preset.recorded}))
    except AnswerError as error:
        draft.note(_culprit(preset, evaluator), error.reason)


def _culprit(preset: Preset, evaluator: Evaluator) -> tuple[str, ...]:
    recorded: Document = {**preset.recorded, "defaults": {}, "lock": {}}
    for part in ("defaults", "lock"):
        decisions: Document = {}
        for name, value in getattr(preset, part).items():
            decisions[name] = value
            try:
                evaluator.complete({PRESET: {**recorded, part: {**decisions}}})
            except AnswerError:
                return part, name
        recorded[part] = decisions
    return ()


def _note_idle(draft: Draft, preset: Preset, evaluator: Evaluator, answers: Answers) -> None:
    """Refuse a lock that can never matter, because another lock hides its question."""
    for question in evaluator.questionnaire.asked:
        if question.name in preset.lock.keys() - answers.locked and isinstance(question.when, str):
            deciding = evaluator.expressions.variables(question.when)
            if deciding <= preset.lock.keys():
                pair = f"{question.name}={shown(_plain(preset.lock[question.name]))}"
                text = f"{pair} has no effect, because it is asked only when {question.condition}"
                draft.note(("lock", question.name), f"{text}: take one of the locks out")


def _plain(decision: Decision) -> str | bool | float:
    return str(decision) if isinstance(decision, list) else decision
