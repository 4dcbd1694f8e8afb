"""A Docker engine, and a run of Kubernetes manifests: where they are, and tests that run in them.

A private engine is a folder with the programs ``docker-run`` and ``kube-run``, each of which runs a
command beside what it starts. What is to be proven there is therefore a pytest of its own.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn

import pytest

from tests.harness.commands import environment, run
from tests.harness.places import ROOT
from tests.harness.services import REQUIRED

VARIABLE: Final = "GROUNDPLAN_ENGINE"
BESIDE: Final = ROOT.parent / "shared" / "engine"
LONGEST: Final = 1500.0
"""Seconds for all containers, beside whatever else is proven; what hangs ends at its own limits."""


@dataclass(frozen=True)
class Engine:
    """How to run a command beside a Docker engine; without a folder it is the machine's own."""

    folder: Path | None

    def test(self, module: str, **variables: str) -> str:
        """Run a module of tests beside Docker, with a way out for builds."""
        start = [self.folder / "docker-run", "--net", "--"] if self.folder else []
        return run_tests(*start, module=module, variables=variables)

    def docker(self, *arguments: str, folder: Path) -> str:
        """Run docker by itself, as for a build."""
        start = [self.folder / "docker-run", "--net", "--"] if self.folder else []
        variables = environment()
        return run(
            *start, "docker", *arguments, folder=folder, variables=variables, timeout=LONGEST
        )

    def test_manifests(self, manifests: Path, module: str, *options: str, **variables: str) -> str:
        """Run a module of tests beside the pods of some manifests."""
        if self.folder is None:
            unavailable("a run of Kubernetes manifests")
        start = [self.folder / "kube-run", manifests, *options, "--"]
        return run_tests(*start, module=module, variables=variables)


def find_engine() -> Engine:
    """Find the private engine or the machine's own; without one the test is skipped by its name."""
    folder = Path(os.environ.get(VARIABLE) or BESIDE)
    if (folder / "docker-run").is_file() and os.geteuid() == 0:
        return Engine(folder)
    if not (answers("docker", "compose", "version") and answers("docker", "info")):
        unavailable("a Docker engine")
    return Engine(None)


def unavailable(what: str, remedy: str = f"start Docker, or set {VARIABLE}") -> NoReturn:
    """Skip on a laptop, and fail in CI."""
    reason = f"there is no {what.removeprefix('a ')}: {remedy}"
    if os.environ.get(REQUIRED) == "1":
        raise AssertionError(reason)
    pytest.skip(reason)


def answers(*command: str) -> bool:
    """Whether a program is there and ends well."""
    if shutil.which(command[0]) is None:
        return False
    return subprocess.run(command, capture_output=True, check=False, timeout=60).returncode == 0


def run_tests(*start: str | Path, module: str, variables: Mapping[str, str]) -> str:
    """Run a module of tests behind another command, and give what pytest said."""
    pytest_ = [sys.executable, "-m", "pytest", "-q", "--tb=short", "--durations=10"]
    return run(
        *(*start, *pytest_, module),
        folder=ROOT,
        variables=environment(**variables),
        timeout=LONGEST,
    )
