"""The answers file of a service that is there already."""

from pathlib import Path
from typing import cast

import yaml

from generator import plain_yaml
from generator.errors import TargetError
from generator.values import Document

_MAX_BYTES = 1024 * 1024


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
