"""Start processes as a user has them, on chosen cores, and read what they use."""

import os
import subprocess
from pathlib import Path

HIDDEN = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PYTHONPATH", "VIRTUAL_ENV")


class BenchmarkError(Exception):
    """Say in one sentence why a figure cannot be taken."""


def user_environment(**extra: str) -> dict[str, str]:
    """Return the environment as a user has it: with bytecode, without our Python's settings."""
    kept = {name: value for name, value in os.environ.items() if name not in HIDDEN}
    return kept | extra


def run(
    command: list[str | Path],
    *,
    cwd: Path | None = None,
    environment: dict[str, str] | None = None,
    text: str = "",
    timeout: float = 600,
) -> str:
    """Run to the end and return the output; a failure shows the last lines of it."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env=environment or user_environment(),
        input=text,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=timeout,
        check=False,
    )
    if done.returncode:
        words = " ".join(map(str, command))
        tail = "\n".join(done.stdout.splitlines()[-15:])
        raise BenchmarkError(f"`{words}` ended with {done.returncode}:\n{tail}")
    return done.stdout


def family(pid: int) -> list[int]:
    """List a process and its descendants."""
    pids = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*"):
        for child in (task / "children").read_text().split():
            pids += family(int(child))
    return pids


def memory_mb(pid: int) -> float:
    """Sum the proportional set size of a process and its descendants, in MB."""
    kilobytes = 0
    for member in family(pid):
        for line in Path(f"/proc/{member}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                kilobytes += int(line.split()[1])
    return kilobytes / 1000


def cpu_seconds(pid: int) -> float:
    """Sum the processor time that a process and its descendants have used."""
    ticks = 0
    for member in family(pid):
        fields = Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")
