"""How the folders of the features lie in a template."""

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from generator.engine.values import Value

FRAGMENTS = ".feature"
"""The folder of an overlay that is never rendered itself: shared files include what is in it."""

_SWITCH = re.compile(r"\{\{\s*use\.(\w+)\s*\}\}")


def overlay(feature: str) -> str:
    """Return the name of a feature's folder."""
    return f"{{{{use.{feature}}}}}"


def owner(path: PurePosixPath) -> str | None:
    """Return the feature whose folder a path starts with."""
    switch = _SWITCH.fullmatch(path.parts[0])
    return switch[1] if switch else None


def resolved(path: PurePosixPath, use: Mapping[str, Value]) -> PurePosixPath | None:
    """Return a path without the folders of features, or nothing when it is not rendered.

    `use` maps a feature to "." when it is on, and to nothing when it is off.
    """
    kept: list[str] = []
    for part in path.parts:
        switch = _SWITCH.fullmatch(part)
        rendered = str(use.get(switch[1]) or "") if switch else part
        if not rendered or part == FRAGMENTS:
            return None
        kept.append(rendered)
    return PurePosixPath(*kept)
