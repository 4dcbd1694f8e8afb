"""Tasks that exist for tests only: each writes into a file, so that a test sees what it did."""

import os
import signal
from pathlib import Path

import anyio

from app.core.errors import UnavailableError
from app.tasks.task import Task, task
from app.tasks.work import Work


def note(path: str, text: str) -> None:
    """Add a line."""
    with Path(path).open("a") as file:
        file.write(f"{text}\n")


def notes(path: Path) -> list[str]:
    """Read all lines."""
    return path.read_text().splitlines() if path.exists() else []


@task("probe.run")
async def run(_: Work, path: str, text: str) -> None:
    """Do something."""
    note(path, text)


@task("probe.run_slowly")
async def run_slowly(_: Work, path: str) -> None:
    """Take a second."""
    note(path, "begun")
    await anyio.sleep(1)
    note(path, "done")


@task("probe.recover")
async def recover(_: Work, path: str) -> None:
    """Succeed at the second attempt."""
    note(path, "tried")
    if len(notes(Path(path))) == 1:
        raise UnavailableError("Not yet.")


@task("probe.fail")
async def fail(_: Work, path: str) -> None:
    """Never succeed."""
    note(path, "tried")
    raise ValueError("it cannot work")


@task("probe.wait")
async def wait(_: Work, path: str) -> None:
    """Never succeed, but hope."""
    note(path, "tried")
    raise UnavailableError("Not yet.")


@task("probe.die")
async def die(_: Work, path: str) -> None:
    """Take the process along."""
    note(path, "tried")
    os.kill(os.getpid(), signal.SIGKILL)


PROBES: list[Task[...]] = [run, run_slowly, recover, fail, wait, die]
