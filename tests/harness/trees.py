"""Comparing folders."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from tests.harness.places import files_in


def contents(folder: Path, *left_out: str) -> dict[str, tuple[int, bytes]]:
    """Read every file with its permissions, as git would keep them."""
    found = {path.relative_to(folder).as_posix(): path for path in files_in(folder)}
    return {
        name: (path.stat().st_mode & 0o111, path.read_bytes())
        for name, path in found.items()
        if name not in left_out
    }


def differences(one: Path, other: Path, *left_out: str) -> list[str]:
    """Name the files that are not the same, byte by byte."""
    first, second = contents(one, *left_out), contents(other, *left_out)
    return sorted(name for name in {*first, *second} if first.get(name) != second.get(name))


def digest(folder: Path, *left_out: str) -> str:
    """Sum up every file with its name and its permissions."""
    files = contents(folder, *left_out)
    return summed((f"{name} {mode:o}", content) for name, (mode, content) in files.items())


def summed(parts: Iterable[tuple[str, bytes]]) -> str:
    """Sum up named contents, so that none of it can be taken for another part."""
    total = hashlib.sha256()
    for name, content in parts:
        total.update(f"{name}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()
