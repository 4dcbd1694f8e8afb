"""The answers file of a service: read again, and signed when it is new."""

import re
from pathlib import Path
from typing import cast

import yaml

from generator.engine import plain_yaml
from generator.engine.template import Template
from generator.engine.values import Document
from generator.errors import TargetError
from generator.lifecycle.checkout import Revision

_MAX_BYTES = 1024 * 1024
_SOURCE = re.compile(r"^_src_path:.*\n(?:[ \t].*\n)*", re.MULTILINE)


def recorded_in(folder: Path, name: str) -> Document:
    """Read the answers file of a service."""
    if not folder.is_dir():
        raise TargetError(f"{folder} is no folder: name the folder of a service")
    try:
        with (folder / name).open("rb") as file:
            loaded = plain_yaml.load(file.read(_MAX_BYTES))
    except FileNotFoundError as error:
        raise TargetError(
            f"{folder} has no {name}: name the folder of a service that Groundplan made"
        ) from error
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())
        raise TargetError(f"{folder / name} cannot be read: {reason}") from error
    if not isinstance(loaded, dict):
        raise TargetError(f"{folder / name} holds no answers: restore it from git")
    return cast("Document", loaded)


def sign(file: Path, template: Template, revision: Revision) -> None:
    """Write into the answers file what Copier, which saw a plain folder, could not know."""
    if not file.is_file():
        return
    known = {"_commit": revision.commit, "_src_path": template.source}
    lines = {name: value for name, value in known.items() if value is not None}
    text = yaml.safe_dump(lines, allow_unicode=True, width=1000)
    recorded = file.read_text(encoding="utf-8")
    file.write_text(_SOURCE.sub(lambda _: text, recorded, count=1), encoding="utf-8")
