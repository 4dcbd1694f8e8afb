"""The figures of the battery, at the end of pytest's report."""

from collections.abc import Iterator

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show what each attack has cost."""
    measured = [each for each in reports(terminalreporter) if each.user_properties]
    if measured:
        terminalreporter.section("seconds of processor time, megabytes, milliseconds of others")
    for report in measured:
        figures = "  ".join(f"{name} {value:.1f}" for name, value in report.user_properties)
        terminalreporter.write_line(f"{report.location[2]:40}  {figures}")


def reports(reporter: pytest.TerminalReporter) -> Iterator[pytest.TestReport]:
    """List those of the tests themselves."""
    for outcome in ("passed", "failed"):
        yield from (each for each in reporter.getreports(outcome) if each.when == "call")
