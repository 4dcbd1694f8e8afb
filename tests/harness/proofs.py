"""Proofs that are kept: one small file for each key, outside of any checkout."""

import json
import os
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Self, cast
from uuid import uuid4

PLACE: Final = "GROUNDPLAN_PROOF_CACHE"
MOST: Final = 20_000
"""So many keys are kept at the most; a row has about fifteen."""

LONGEST: Final = 30 * 24 * 3600.0
"""Seconds for which one is taken: something may matter that no key knows of."""


@dataclass(frozen=True)
class Proof:
    """A stage of a row that was green, and when; or of which it is known that it was not always."""

    variant: str
    stage: str
    proven_at: str
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    doubted: bool = False
    trees: Mapping[str, str] = field(default_factory=dict[str, str])
    """What a test beside the table has read: answers, and what their render was."""

    @classmethod
    def read(cls, path: Path) -> Self | None:
        """Read one; what is missing, torn or of another shape is none."""
        try:
            return cls(**cast("dict[str, Any]", json.loads(path.read_text())))
        except (OSError, ValueError, TypeError):
            return None


class Proofs:
    """A folder of proofs. Several processes may use it at once."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or place()
        with suppress(OSError):  # where nothing can be kept, all is proven each time
            self.folder.mkdir(parents=True, exist_ok=True)

    def get(self, key: str) -> Proof | None:
        """Give the proof of a key, if there is one that nothing speaks against."""
        path = self._path(key)
        proof = Proof.read(path)
        if proof is None or proof.doubted or time.time() - written(path) > LONGEST:
            return None
        return proof

    def is_doubted(self, key: str) -> bool:
        """Whether a stage with this key has ever failed."""
        proof = Proof.read(self._path(key))
        return proof is not None and proof.doubted

    def keep(self, key: str, proof: Proof) -> None:
        """Keep one, in one step; what was doubted once stays so, since it is not reliable."""
        if not self.is_doubted(key):
            path = self._path(key)
            draft = path.with_suffix(f".{uuid4().hex}")
            with suppress(OSError):
                draft.write_text(json.dumps(asdict(proof)))
                draft.replace(path)

    def forget_old(self) -> None:
        """Remove what nobody takes any more, and the oldest of too many."""
        aged = sorted(((written(path), path) for path in self.folder.glob("*")), reverse=True)
        for number, (moment, path) in enumerate(aged):
            if number >= MOST or time.time() - moment > LONGEST:
                path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self.folder / f"{key}.json"


def written(path: Path) -> float:
    """Tell when a file was written; another process may have removed it meanwhile."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def place() -> Path:
    """Find the folder: the one that is named, else in the user's cache folder."""
    if named := os.environ.get(PLACE):
        return Path(named).absolute()
    caches = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(caches) / "groundplan" / "proof"


def now() -> str:
    """Give the time of a proof, which sorts as it reads."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
