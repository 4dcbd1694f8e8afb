"""Bytecode of installed packages: compiled in one environment, and not again in the next.

Whatever an environment holds is still what its own lock says: only the compiled form of a file
that is there anyway is taken over, and only where it is the very same file, which uv links out of
its cache. Where uv has to copy instead, nothing is the same file, and everything is compiled.
"""

import contextlib
import os
from collections.abc import Iterator
from importlib.util import source_from_cache
from pathlib import Path


class Bytecode:
    """A folder of bytecode, by the file that it was compiled from. Several processes may use it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.folder.mkdir(parents=True, exist_ok=True)

    def keep(self, environment: Path) -> None:
        """Remember what an environment has compiled."""
        for compiled in environment.glob("lib/*/site-packages/**/__pycache__/*.pyc"):
            with contextlib.suppress(ValueError, OSError):  # not Python's own, or known, or gone
                source = Path(source_from_cache(str(compiled)))
                os.link(compiled, self.folder / f"{identity(source)}-{compiled.name}")

    def lend(self, environment: Path) -> None:
        """Put what is known into an environment, for the files that it has."""
        known = dict(name.split("-", 1) for name in os.listdir(self.folder))
        for source in sources(environment):
            if name := known.get(identity(source)):
                cache = source.parent / "__pycache__"
                cache.mkdir(exist_ok=True)
                with contextlib.suppress(FileExistsError):
                    os.link(self.folder / f"{identity(source)}-{name}", cache / name)


def identity(source: Path) -> str:
    """Tell a file from every other one, whatever its path."""
    found = source.stat()
    return f"{found.st_dev}.{found.st_ino}.{found.st_mtime_ns}"


def sources(environment: Path) -> Iterator[Path]:
    """List the modules of the packages of an environment."""
    return environment.glob("lib/*/site-packages/**/*.py")
