"""Bytecode goes from one environment to another only for a file that both have."""

import os
import py_compile
from pathlib import Path

import pytest

from tests.harness.bytecode import Bytecode


@pytest.fixture
def compiled(tmp_path: Path) -> Path:
    """An environment with a package that was imported."""
    module = packages(tmp_path / "compiled") / "module.py"
    module.write_text("ANSWER = 42\n")
    py_compile.compile(str(module), doraise=True)
    return tmp_path / "compiled"


def packages(environment: Path) -> Path:
    """Make the folder of an environment's packages."""
    folder = environment / "lib/python3/site-packages"
    folder.mkdir(parents=True)
    return folder


def bytecode_in(environment: Path) -> list[str]:
    """Name the modules of which an environment has bytecode."""
    return [path.name.partition(".")[0] for path in environment.rglob("*.pyc")]


@pytest.fixture
def bytecode(tmp_path: Path, compiled: Path) -> Bytecode:
    """What is known of that environment."""
    found = Bytecode(tmp_path / "bytecode")
    found.keep(compiled)
    found.keep(compiled)
    return found


def test_same_file(bytecode: Bytecode, compiled: Path, tmp_path: Path) -> None:
    module = packages(tmp_path / "other") / "module.py"
    os.link(next(compiled.rglob("module.py")), module)

    bytecode.lend(tmp_path / "other")
    bytecode.lend(tmp_path / "other")

    assert bytecode_in(tmp_path / "other") == ["module"]


def test_another_file(bytecode: Bytecode, tmp_path: Path) -> None:
    """A file of the same name, size and time may still be that of another version."""
    module = packages(tmp_path / "other") / "module.py"
    module.write_text("ANSWER = 41\n")
    os.utime(module, ns=(0, 0))

    bytecode.lend(tmp_path / "other")

    assert bytecode_in(tmp_path / "other") == []


def test_not_installed(bytecode: Bytecode, tmp_path: Path) -> None:
    packages(tmp_path / "other")

    bytecode.lend(tmp_path / "other")

    assert bytecode_in(tmp_path / "other") == []
