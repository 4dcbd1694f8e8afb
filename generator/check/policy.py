"""Whether a service keeps to its preset.

The locks that a service records could have been edited with it. So they are held against the preset
itself, where that is known: the one that is demanded, else the one that has the recorded name.
"""

from collections.abc import Iterator

from generator.check.findings import Finding, Level
from generator.check.subject import Subject
from generator.engine.values import Document, Value, shown
from generator.errors import PresetError
from generator.presets import places
from generator.presets.model import Preset
from generator.presets.soundness import sound

_NAME = "preset"


def check_preset(subject: Subject) -> Iterator[Finding]:
    """Compare the recorded preset with the real one, and the answers with the locks of both."""
    recorded, real = subject.preset, subject.demanded
    if recorded is None:
        if subject.file.get("preset"):
            yield _error("what the answers file records as the preset is none: apply it anew")
        elif real is None:
            yield Finding(_NAME, Level.FINE, "the service follows no preset")
        else:
            yield _error(f"the service follows no preset, but {_title(real.recorded)} is demanded")
    else:
        real = real or _known(subject, str(recorded.get("name")))
        yield from _compared(recorded, real)
    found = list(_broken(subject, {**_lock(recorded), **_lock(real and real.recorded)}))
    yield from found
    if recorded and not found:
        yield Finding(_NAME, Level.FINE, f"the answers keep to {_title(recorded)}")


def _known(subject: Subject, name: str) -> Preset | None:
    """Return the preset of a name, where it can be found and is sound."""
    try:
        if name in places.named():
            return sound(places.find(name), subject.template.questionnaire)
    except PresetError:
        return None
    return None


def _compared(recorded: Document, real: Preset | None) -> Iterator[Finding]:
    if real is None:
        text = (
            f"{_title(recorded)} is not at hand, so only what the service records could be checked"
        )
        yield Finding(_NAME, Level.SKIPPED, f"{text}: name it with --preset")
    elif recorded.get("name") != real.name:
        yield _error(
            f"the service follows {_title(recorded)}, but {_title(real.recorded)} is demanded"
        )
    elif recorded.get("version") != real.version:
        text = f"the service follows {_title(recorded)}, and there is {_title(real.recorded)}"
        yield Finding(_NAME, Level.WARNING, f"{text}: `groundplan preset apply` brings it")
    elif recorded != real.recorded:
        yield _error(f"what the service records of {_title(recorded)} is not what that preset says")


def _broken(subject: Subject, lock: dict[str, Value]) -> Iterator[Finding]:
    for name, value in lock.items():
        pair = f"{name}={shown(value)}"
        if name in subject.answers and subject.answers[name] != value:
            given = f"{name}={shown(subject.answers[name])}"
            yield _error(f"the answers file has {given}, but the preset locks {pair}")
        elif value is False and subject.switches.get(name):
            yield _error(f"the preset locks {pair}, but another answer needs {name}")


def _lock(recorded: Document | None) -> dict[str, Value]:
    lock = recorded.get("lock") if recorded else None
    return lock if isinstance(lock, dict) else {}


def _title(recorded: Document) -> str:
    return f"the preset {recorded.get('name')} {recorded.get('version')}"


def _error(text: str) -> Finding:
    return Finding(_NAME, Level.ERROR, text)
