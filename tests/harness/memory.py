"""A place in memory for the template's copies, of which Copier makes three for every update.

On some disks thousands of small files take longer to delete than to write. The environments of
services stay on the disk of uv's cache: only a linked file is as old as the one that was compiled.
"""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Final

MEMORY: Final = Path("/dev/shm")  # noqa: S108 - every program makes a folder of its own there
PLENTY: Final = 4 * 1024**3
"""What several copies at once may take, with much to spare."""


def copy_to_memory() -> None:
    """Have this process' own copies there; pytest's folders, and programs, keep their place."""
    if "TMPDIR" not in os.environ and has_plenty():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", tempfile.gettempdir())
        tempfile.tempdir = str(MEMORY)


def has_plenty() -> bool:
    """Whether there is such a place, and nobody will miss what is written to it."""
    if not (MEMORY.is_dir() and os.access(MEMORY, os.W_OK | os.X_OK)):
        return False
    return min(shutil.disk_usage(MEMORY).free, available()) >= PLENTY


def available() -> int:
    """Read how many bytes of memory programs can still have."""
    for line in Path("/proc/meminfo").read_text().splitlines():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) * 1024
    return 0
