"""Throw-away Python environments."""

import sys
from pathlib import Path

from benchmarks.processes import run


def make_environment(folder: Path, *requirements: str | Path) -> Path:
    """Install the requirements into a new environment and return the folder of its commands."""
    run([sys.executable, "-m", "venv", folder])
    commands = folder / "bin"
    run([commands / "python", "-m", "pip", "install", "--quiet", *requirements])
    return commands


def version(commands: Path, package: str) -> str:
    """Return the version of an installed package."""
    code = f"from importlib.metadata import version; print(version({package!r}))"
    return run([commands / "python", "-c", code]).strip()
