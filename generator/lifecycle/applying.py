"""A preset for a service that is there already: its first one, or a newer version."""

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.engine.answers import PRESET
from generator.engine.values import Document, Value
from generator.errors import PresetError, TargetError, TemplateError
from generator.lifecycle import copying, git
from generator.lifecycle.recording import recorded_in
from generator.lifecycle.sources import is_url
from generator.presets.model import Preset

_MARK = "<<<<<<< before updating"


@dataclass(frozen=True)
class Change:
    """Say what a lock or an answer was, and what it is now."""

    name: str
    before: Value
    now: Value


@dataclass(frozen=True)
class Changes:
    """Say what a preset changed in a service."""

    preset: Change
    locks: tuple[Change, ...]
    answers: tuple[Change, ...]
    files: tuple[str, ...]
    conflicts: tuple[str, ...]


def apply(
    folder: Path,
    answers_file: str,
    preset: Preset,
    progress: Callable[[str], None],
    *,
    replace: bool,
) -> Changes:
    """Update a service to a preset, at the version of the template that it has."""
    before = recorded_in(folder, answers_file)
    _refuse_unsaved(folder)
    _refuse_lost(before.get("_src_path"))
    old = _mapping(before.get(PRESET))
    if old and not replace:
        _refuse_other(old, preset)
    progress("Updating the service")
    with _whole_or_nothing(folder):
        copying.update(folder, preset.as_data)
        now = recorded_in(folder, answers_file)
        if now.get(PRESET) != preset.recorded:
            raise PresetError(
                "the version of the template that the service has knows no presets: "
                "run `copier update` first"
            )
    return Changes(
        Change("preset", _title(old), _title(preset.recorded)),
        tuple(_differences(_mapping(old.get("lock")), _mapping(preset.recorded["lock"]))),
        tuple(_differences(_answers(before), _answers(now))),
        *_touched(folder),
    )


def _refuse_unsaved(folder: Path) -> None:
    status = git.run(folder, "status", "--porcelain") if git.installed() else None
    if status is None or status.returncode:
        raise TargetError(
            f"{folder} is in no git repository, so it cannot be updated: commit it first"
        )
    if status.stdout:
        raise TargetError(
            f"{folder} has changes that are not committed: commit or stash them first"
        )


def _refuse_lost(source: Value) -> None:
    if not isinstance(source, str) or not (is_url(source) or Path(source).is_dir()):
        raise TemplateError(
            f"the template of the service, {source}, is not there: correct `_src_path` in its "
            "answers file"
        )


def _refuse_other(old: Document, preset: Preset) -> None:
    if old.get("name") != preset.name:
        raise PresetError(
            f"the service follows the preset {_title(old)}, not {preset.name}: "
            "--replace takes the other one in its place"
        )
    if _numbers(old.get("version")) > _numbers(preset.version):
        raise PresetError(
            f"the service follows the preset {_title(old)}, which is newer than {preset.version}: "
            "--replace goes back"
        )


@contextmanager
def _whole_or_nothing(folder: Path) -> Generator[None]:
    """Take back what was begun; before it, nothing was there that is not committed."""
    try:
        yield
    except BaseException:
        git.run(folder, "reset", "--quiet", "--hard")
        git.run(folder, "clean", "--quiet", "--force", "-d")
        raise


def _touched(folder: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Name the files that changed, and those in which a change met one of the user's."""
    status = git.run(folder, "status", "--porcelain", "-z", "--untracked-files=all", "--", ".")
    top = Path(git.run(folder, "rev-parse", "--show-toplevel").stdout.strip())
    files = tuple(sorted(line[3:] for line in status.stdout.split("\0") if line[2:3] == " "))
    return files, tuple(name for name in files if _has_conflict(top / name))


def _has_conflict(path: Path) -> bool:
    return path.is_file() and _MARK in path.read_text(encoding="utf-8", errors="replace")


def _differences(before: Document, now: Document) -> Iterator[Change]:
    for name in sorted({*before, *now}):
        if before.get(name) != now.get(name):
            yield Change(name, before.get(name), now.get(name))


def _answers(file: Document) -> Document:
    return {name: value for name, value in file.items() if name != PRESET and name[0] != "_"}


def _mapping(value: Value) -> Document:
    return value if isinstance(value, dict) else {}


def _numbers(version: Value) -> list[int]:
    return [int(part) for part in str(version).split(".") if part.isdecimal()]


def _title(recorded: Document) -> str | None:
    return f"{recorded.get('name')} {recorded.get('version')}" if recorded else None
