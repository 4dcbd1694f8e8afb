"""A test that is marked is not run again while all that it read is as it was."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from tests.harness.places import ROOT
from tests.harness.proofs import PLACE
from tests.harness.services import REQUIRED

pytest_plugins = ["pytester"]

CONFTEST: Final = f"""
import os, sys
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
import pytest
from tests.harness import content
from tests.harness.content import ContentProofs
from tests.harness.renders import READ

content.ROOT = Path.cwd()
content.tree = lambda renders, answers: Path("tree").read_text()
content.machine = lambda: {{"system": Path("system").read_text()}}

def pytest_addoption(parser):
    parser.addoption("--fresh", action="store_true")

def pytest_configure(config):
    config.addinivalue_line("markers", "proven_by_content(programs): proven")
    config.pluginmanager.register(ContentProofs(config, None))

@pytest.fixture(scope="module")
def reads():
    READ.append("answers")
"""
TESTS: Final = """
import pytest
import helper

@pytest.mark.proven_by_content
def test_marked(reads):
    assert open("wrong").read() == ""

def test_not_marked():
    pass
"""


@pytest.fixture
def run(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., dict[str, int]]:
    """A session that finds what the one before it has kept."""
    for variable in ("CI", REQUIRED):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv(PLACE, str(tmp_path / "proofs"))
    pytester.makeconftest(CONFTEST)
    pytester.makepyfile(test_it=TESTS, helper="VALUE = 1")
    for name in ("tree", "system", "wrong"):
        (pytester.path / name).write_text("")

    def session(*arguments: str) -> dict[str, int]:
        return pytester.runpytest_subprocess("-p", "no:xdist", *arguments).parseoutcomes()

    return session


pytestmark = pytest.mark.slow


def test_proven(run: Callable[..., dict[str, int]]) -> None:
    assert run() == {"passed": 2}
    assert run() == {"passed": 1, "skipped": 1}
    assert run("--fresh") == {"passed": 2}


def test_changed(run: Callable[..., dict[str, int]], pytester: pytest.Pytester) -> None:
    """Of each kind one byte; what is not imported does not matter."""
    run()
    for changed in ("tree", "system", "helper.py", "test_it.py", "conftest.py"):
        (pytester.path / changed).write_text((pytester.path / changed).read_text() + "\n")

        expected = {"passed": 1, "skipped": 1} if changed == "conftest.py" else {"passed": 2}
        assert run() == expected


def test_flaky(run: Callable[..., dict[str, int]], pytester: pytest.Pytester) -> None:
    """What was red once is not taken for proven."""
    (pytester.path / "wrong").write_text("x")
    assert run() == {"failed": 1, "passed": 1}
    (pytester.path / "wrong").write_text("")
    for _ in range(2):
        assert run() == {"passed": 2}
