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
    """Find the Python of a version such as 3.13; where there is none, the one that runs this."""
    for path in candidates(version):
        if version_of(path) == version:
            return Interpreter(path, version)
    return Interpreter(Path(sys.executable), version_of(Path(sys.executable)))


def candidates(version: str) -> Iterator[Path]:
    """List where a version may be: on the PATH, among uv's, and among pyenv's."""
    if found := shutil.which(f"python{version}"):
        yield Path(found)
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    uv = Path(os.environ.get("UV_PYTHON_INSTALL_DIR", Path.home() / ".local/share/uv/python"))
    yield from sorted(pyenv.glob(f"versions/{version}.*/bin/python{version}"))
    yield from sorted(uv.glob(f"cpython-{version}.*/bin/python{version}"))


def version_of(path: Path) -> str:
    """Ask an interpreter for its version; a wrapper around nothing has none."""
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    done = subprocess.run([path, "-c", code], capture_output=True, text=True, check=False)
    return done.stdout.strip()
