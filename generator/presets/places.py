"""Where presets come from: a name, a file, or an address."""

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from generator.errors import PresetError
from generator.presets.reading import MAX_BYTES, Script

DIRECTORY = "GROUNDPLAN_PRESETS"
"""The variable that names an organisation's directory of presets."""

BUILT_IN = Path(__file__).with_name("builtin")
"""The presets that come with the command."""

_SUFFIXES = (".yml", ".yaml")
_NAME = re.compile(r"[A-Za-z0-9_-]+")


def find(place: str) -> Script:
    """Return the preset at an address or in a file, or the one of a name."""
    if "://" in place:
        from generator.presets.fetching import fetch

        return Script(place, decoded(fetch(place), place))
    if _NAME.fullmatch(place):
        return _named(place)
    return read(Path(place).expanduser())


def named() -> dict[str, Path]:
    """Return the presets that can be named: the organisation's go before the built-in ones."""
    found: dict[str, Path] = {}
    for folder in _folders():
        for path in sorted(folder.iterdir(), key=lambda path: (path.stem, path.suffix)):
            if path.suffix in _SUFFIXES and path.is_file():
                found.setdefault(path.stem, path)
    return found


def read(path: Path) -> Script:
    """Read a file that holds a preset."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise PresetError(f"the preset {path} cannot be read: {reason}") from error
    return Script(str(path), decoded(content, str(path)))


def decoded(content: bytes, origin: str) -> str:
    """Return a text, or refuse what is no text or too long for a preset."""
    if len(content) > MAX_BYTES:
        raise PresetError(
            f"{origin} has more than {MAX_BYTES // 1024} KiB: a preset is a short YAML file"
        )
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise PresetError(f"{origin} is no text in UTF-8: a preset is a YAML file") from error


def _named(name: str) -> Script:
    known = named()
    if name not in known:
        near = get_close_matches(name, known, n=1)
        hint = f'did you mean "{near[0]}"?' if near else f"there are {', '.join(known)}"
        raise PresetError(f'there is no preset "{name}": {hint} (a file is named with its suffix)')
    return replace(read(known[name]), name=name)


def _folders() -> Iterator[Path]:
    if own := os.environ.get(DIRECTORY):
        folder = Path(own).expanduser()
        if not folder.is_dir():
            raise PresetError(f"{DIRECTORY} names {own}, which is no folder: correct or unset it")
        yield folder
    yield BUILT_IN
