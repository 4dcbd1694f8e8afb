"""The Python interpreters of this machine."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Interpreter:
    """A Python to install a service with."""

    path: Path
    version: str


@cache
def interpreter(version: str) -> Interpreter:
    """Find the oldest Python of a version such as 3.13, or else the one that runs this.

    A distribution keeps to the patch that it came with, and users keep to their distribution.
    """
    releases = {path: release_of(path) for path in candidates(version)}
    found = [path for path, release in releases.items() if version_of(release) == version]
    if found:
        return Interpreter(min(found, key=lambda path: releases[path]), version)
    path = Path(sys.executable)
    return Interpreter(path, version_of(release_of(path)))


def candidates(version: str) -> Iterator[Path]:
    """List where a version may be: on the PATH, among uv's, and among pyenv's."""
    for folder in os.get_exec_path():
        if found := shutil.which(f"python{version}", path=folder):
            yield Path(found)
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    uv = Path(os.environ.get("UV_PYTHON_INSTALL_DIR", Path.home() / ".local/share/uv/python"))
    yield from sorted(pyenv.glob(f"versions/{version}.*/bin/python{version}"))
    yield from sorted(uv.glob(f"cpython-{version}.*/bin/python{version}"))


def release_of(path: Path) -> tuple[int, ...]:
    """Ask an interpreter which it is: 3, 11, 2; a wrapper around nothing is none."""
    code = "import sys; print(*sys.version_info[:3])"
    done = subprocess.run([path, "-c", code], capture_output=True, text=True, check=False)
    return tuple(map(int, done.stdout.split()))


def version_of(release: tuple[int, ...]) -> str:
    """Name the version that a release is of."""
    return ".".join(map(str, release[:2]))
