"""What other clients see while a service is attacked: the battery that it brings with it."""

from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

from benchmarks.processes import run, user_environment
from benchmarks.report import Goal, Section, Table
from benchmarks.workspace import generated_service

QUIET = "test_nothing"
MOST = 2.0
WATCHED = ("memory", "/healthz median", "/readyz median")
HEAD = ["attack", "cpu s", "MB", "/healthz ms", "worst", "/readyz ms", "worst", "refused"]

Figures = Mapping[str, float]


def measure(scratch: Path, given: Path | None) -> dict[str, Figures]:
    """Run the battery of a service with items, on a file, and read pytest's report."""
    report = scratch / "battery.xml"
    with generated_service(scratch, given, "database=sqlite", "auth=none") as service:
        pytest = service / ".venv/bin/pytest"
        noted = ["-o", "junit_family=xunit1", f"--junitxml={report}"]
        arguments = ["-q", "-m", "battery", *noted, "tests/battery"]
        run([pytest, *arguments], cwd=service, environment=user_environment())
    cases = ET.parse(report).iter("testcase")
    return {each.get("name", ""): figures(each) for each in cases}


def figures(case: "ET.Element[str]") -> Figures:
    """Read what a test has noted."""
    properties = case.iter("property")
    return {each.get("name", ""): float(each.get("value", "nan")) for each in properties}


def report(scratch: Path, given: Path | None) -> Section:
    """Make the section of attacks."""
    found = measure(scratch, given)
    quiet = found[QUIET]
    rows = [
        [name.removeprefix("test_attack"), *(f"{value:.1f}" for value in each.values())]
        for name, each in found.items()
    ]
    above = [
        f"{name.removeprefix('test_attack')} {what} {each[what] / quiet[what]:.1f}"
        for name, each in found.items()
        for what in WATCHED
        if each[what] > MOST * quiet[what]
    ]
    goal = Goal(
        f"no attack takes memory, or the median of others, above {MOST:g} x that of the quiet one",
        ", ".join(above) or "none does",
        not above,
    )
    note = "/healthz waits for the event loop alone, /readyz for all that there is."
    return Section("Attacks", [Table(HEAD, rows, note)], {"attacks": found}, [goal])
