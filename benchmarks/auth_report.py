"""Put into words what a clock sees of accounts, and what sign-ins cost."""

from pathlib import Path

from benchmarks.auth import PARALLEL, SAMPLES, Gaps, Measured, measure
from benchmarks.report import Section, Table
from benchmarks.spread import spread


def times(measured: Measured, rounds: int) -> Table:
    """Compare an e-mail that has an account with one that has none."""
    rows = [
        [name, str(spread(each.known)), str(spread(each.unknown)), str(each.ratio())]
        for name, each in measured.compared.items()
    ]
    note = (
        f"Medians over {rounds} rounds of {SAMPLES} requests for each account, asked in turn;"
        " in brackets the middle half of the rounds."
    )
    return Table(["request", "known ms", "unknown ms", "known / unknown"], rows, note)


def loop(gaps: Gaps) -> Table:
    """Tell for how long nothing else could run."""
    rows = [
        [name, f"{spread(values).median:.1f}", f"{max(values):.1f}"]
        for name, values in (
            (f"{PARALLEL} parallel logins", gaps.busy),
            ("as long without any", gaps.idle),
        )
    ]
    note = (
        f"The event loop, watched every millisecond: {PARALLEL} logins at once took"
        f" {spread(gaps.seconds).median:.2f} s."
    )
    return Table(["meanwhile", "longest gap ms, median", "largest of all ms"], rows, note)


def report(scratch: Path, given: Path | None, rounds: int) -> Section:
    """Make the section of credentials."""
    measured = measure(scratch, given, rounds)
    return Section("Users", [times(measured, rounds), loop(measured.gaps)], vars(measured))
