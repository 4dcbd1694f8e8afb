"""Tests beside the table that are proven by content as well: those that are marked so.

Which renders a test reads is learnt when it runs, and kept with its proof: it is not run again
while each of them, the code that its module imports, the versions and the servers are the same.
"""

import json
import shutil
from collections.abc import Generator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from tests.harness.brokers import BROKERS
from tests.harness.closure import closure, code, packages
from tests.harness.databases import SERVERS
from tests.harness.interpreters import interpreter
from tests.harness.places import ANSWERS_FILE, ROOT
from tests.harness.private import FOLDERS
from tests.harness.proofs import Proof, Proofs, now
from tests.harness.renders import READ, Renders
from tests.harness.resolving import resolved
from tests.harness.rotation import due_again, in_ci
from tests.harness.trees import digest, summed
from tests.harness.versions import interpreter_version, machine, server_version

MARKER: Final = "proven_by_content"
SAID: Final = "proven at "
"""How the reason begins for which such a test does not run."""


class ContentProofs:
    """A pytest plugin: skips what is proven, and keeps what passes."""

    def __init__(self, config: pytest.Config, renders: Renders) -> None:
        self.is_fresh = bool(config.getoption("--fresh"))
        self.renders = renders
        self.proofs = Proofs()
        self.begun: dict[str, int] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Skip what is proven, before anything is set up for it."""
        if item.get_closest_marker(MARKER):
            self.begun.setdefault(setting(item), len(READ))
            proof = self.known(item)
            if proof and not self.is_due(item):
                pytest.skip(f"{SAID}{proof.proven_at}: nothing that it depends on has changed")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Keep what passed, at its end; what failed is never kept again."""
        report = yield
        if item.get_closest_marker(MARKER):
            if report.failed:
                self.keep(item, doubted=True)
            elif call.when == "call" and report.passed:
                self.keep(item)
        return report

    def is_due(self, item: pytest.Item) -> bool:
        """Whether it runs though it is proven: all do when that is asked for, a third in CI."""
        if self.is_fresh or not in_ci():
            return self.is_fresh
        marked = [each for each in item.session.items if each.get_closest_marker(MARKER)]
        ages = lambda: {each.nodeid: self.age(each) for each in marked}  # noqa: E731
        return item.nodeid in due_again(ages, MARKER)

    def age(self, item: pytest.Item) -> str | None:
        """Tell when it was proven."""
        proof = self.known(item)
        return proof.proven_at if proof else None

    def known(self, item: pytest.Item) -> Proof | None:
        """Give its proof, if it read the renders that are there today."""
        proof = self.proofs.get(key(item))
        is_same = proof and all(self.tree(text) == was for text, was in proof.trees.items())
        return proof if is_same else None

    def keep(self, item: pytest.Item, *, doubted: bool = False) -> None:
        """Keep that it passed, with what was read for its setting so far; or that it did not."""
        read = {text: self.tree(text) for text in READ[self.begun[setting(item)] :]}
        proof = Proof(item.nodeid, MARKER, now(), doubted=doubted, trees=read)
        self.proofs.keep(key(item), proof)

    def tree(self, answers: str) -> str:
        """Sum up the render of some answers, and what it is installed with."""
        return tree(self.renders, answers)


def setting(item: pytest.Item) -> str:
    """Name what fixtures are made for: the module, and its parameters."""
    return f"{item.path} {getattr(getattr(item, 'callspec', None), 'id', '')}"


@cache
def tree(renders: Renders, answers: str) -> str:
    """Sum one up, once in a process."""
    chosen: Mapping[str, Any] = dict(json.loads(answers))
    folder = renders.peek(chosen)
    parts = [
        digest(folder, ANSWERS_FILE),
        resolved(folder / "pyproject.toml"),
        interpreter_version(interpreter(str(chosen.get("python_version", ""))).path),
    ]
    return summed([("tree", json.dumps(parts).encode())])


def key(item: pytest.Item) -> str:
    """Sum up all that a test depends on but its renders."""
    marker = item.get_closest_marker(MARKER)
    programs: tuple[str, ...] = marker.kwargs.get("programs", ()) if marker else ()
    parts = [item.nodeid, surroundings(item.path, programs)]
    return summed([("test", json.dumps(parts).encode())])


@cache
def surroundings(module: Path, programs: tuple[str, ...]) -> list[object]:
    """Name what the tests of a module have in common."""
    name = ".".join(module.relative_to(ROOT).with_suffix("").parts)
    modules = closure([name, __name__], ROOT)
    servers = {each.name: server_version(each) for each in (SERVERS | BROKERS).values()}
    started = {program: installed(program) for program in programs}
    return [code(modules), packages(modules), machine(), servers, started]


def installed(program: str) -> str:
    """Tell one build of a program from another: by where it leads to, its size and its age."""
    found = shutil.which(program, path=FOLDERS)
    if found is None:
        return "not there"
    path = Path(found).resolve()
    return f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}"
