"""The two things that Copier does for us: ask, and render."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from generator.engine.template import Template
from generator.engine.values import Document
from generator.errors import AnswerError, GroundplanError, Stopped, TemplateError

if TYPE_CHECKING:
    from copier.errors import CopierError

_NOWHERE = "/dev/null"
_ASKING = ("_envops", "_jinja_extensions", "_min_copier_version", "_secret_questions")


def ask(template: Template, given: Document, name: str) -> Document:
    """Ask at the terminal what is not given yet, and return all answers for a folder's name.

    Copier asks before it renders, and it renders in the same call. So it gets a template of
    questions alone here, and the answers go into the rendering of the real one.
    """
    questionnaire = template.questionnaire
    settings = {name: questionnaire.settings.get(name) for name in _ASKING}
    questions = {question.name: question.details for question in questionnaire.questions}
    known = {name: value for name, value in settings.items() if value is not None}
    with tempfile.TemporaryDirectory(prefix="groundplan-") as scratch, _copier():
        import copier

        text = yaml.safe_dump({**known, **questions}, allow_unicode=True, sort_keys=False)
        Path(scratch, "copier.yml").write_text(text, encoding="utf-8")
        worker = copier.run_copy(
            scratch,
            Path(scratch, "services", name),
            dict(given),
            settings=copier.Settings(),
            pretend=True,
            quiet=True,
        )
    answers = worker.answers
    unsaid = answers.hidden | {each.name for each in questionnaire.questions if each.typed}
    return {name: value for name, value in answers.user.items() if name not in unsaid}


def render(template: Template, folder: Path, given: Document) -> None:
    """Render the template into a new folder; what is not given takes its default."""
    with _copier():
        import copier

        copier.run_copy(
            str(template.root),
            folder,
            dict(given),
            settings=copier.Settings(),
            defaults=True,
            quiet=True,
        )


def update(service: Path, given: Document) -> None:
    """Render a service anew from its own version of the template, with other answers."""
    with _copier(without_git=False):
        import copier
        from copier import VcsRef

        copier.run_update(
            service,
            dict(given),
            vcs_ref=VcsRef.CURRENT,
            settings=copier.Settings(),
            defaults=True,
            overwrite=True,
            quiet=True,
        )


@contextmanager
def _copier(*, without_git: bool = True) -> Generator[None]:
    """Run Copier without git and without warnings, and turn its errors into ours.

    For every file that it writes, Copier asks git whether the executable bit needs care. That is a
    quarter of its time, and it matters in an existing repository only. Where it finds no git, it
    does not ask, and it takes the template as the plain folder that it is here.
    """
    from copier.errors import CopierAnswersInterrupt, CopierError
    from jinja2 import TemplateError as JinjaError
    from plumbum import ProcessExecutionError, local

    try:
        hidden = {"PATH": _NOWHERE} if without_git else {}
        with local.env(**hidden), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except CopierAnswersInterrupt as error:
        raise Stopped from error
    except (JinjaError, UnicodeError) as error:
        raise TemplateError(f"the template cannot be rendered: {_one_line(error)}") from error
    except ProcessExecutionError as error:
        reason = _one_line(error.stderr or "no reason given")
        raise TemplateError(
            f"the template cannot be fetched, because git says: {reason}"
        ) from error
    except CopierError as error:
        raise _refusal(error) from error
    except ValueError as error:
        raise AnswerError(_one_line(error)) from error


def _refusal(error: CopierError) -> GroundplanError:
    from copier.errors import InteractiveSessionError, InvalidTypeError

    if isinstance(error, InteractiveSessionError):
        return AnswerError("the questions were left unanswered: use flags, -d or --defaults")
    if isinstance(error, InvalidTypeError):
        return AnswerError(_one_line(error))
    return TemplateError(f"the template cannot be used: {_one_line(error)}")


def _one_line(error: Exception | str) -> str:
    return " ".join(str(error).split())
