"""What a check says about a service."""

from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    """Say how much a finding matters."""

    ERROR = "error"
    WARNING = "warning"
    SKIPPED = "skipped"
    FINE = "ok"


@dataclass(frozen=True)
class Finding:
    """Say in one sentence what a check found."""

    check: str
    level: Level
    text: str
