"""Beside pods: what happened to them, and what is done to them."""

import json
import os
import time
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from tests.harness.commands import run
from tests.harness.identity import Headers, Identity

FEATURES: Final = "PODS_FEATURES"
"""The variable that names, to the tests beside the pods, what is on in the service."""

URL: Final = "http://api"
APIS: Final = ("api-0", "api-1")


def events(pod: str, *names: str, after: int = 0) -> list[dict[str, Any]]:
    """Read what has happened to a pod."""
    lines = Path(os.environ["KUBE_EVENTS"]).read_text().splitlines()[after:]
    found = [json.loads(line) for line in lines]
    return [each for each in found if each["pod"] == pod and each["event"] in names]


def first_ready(pod: str) -> float:
    """Tell when a pod was ready first, in seconds of the clock on the wall.

    Events carry the seconds since the start. The last of them was written when the file was
    changed last, so that tells when the start was.
    """
    changed, ended = 0.0, 0.0
    file = Path(os.environ["KUBE_EVENTS"])
    while changed != file.stat().st_mtime:
        changed = file.stat().st_mtime
        ended = json.loads(file.read_text().splitlines()[-1])["t"]
    ready: float = events(pod, "ready")[0]["t"]
    return changed - ended + ready


def migrated(job: str) -> float:
    """Tell when a job logged its last migration, in seconds of the clock on the wall."""
    (exited,) = events(job, "exited")
    logged = [json.loads(line) for line in exited["log"].splitlines()]
    times = [each["timestamp"] for each in logged if each["event"] == "migrated"]
    return datetime.fromisoformat(times[-1]).timestamp()


def now() -> int:
    """Remember how much has happened."""
    return len(Path(os.environ["KUBE_EVENTS"]).read_text().splitlines())


def await_event(pod: str, name: str, after: int, seconds: float = 60) -> dict[str, Any]:
    """Wait for something to happen to a pod."""
    await_(lambda: bool(events(pod, name, after=after)), f"{name} of {pod}", seconds)
    return events(pod, name, after=after)[0]


def await_(happened: Callable[[], bool], what: str, seconds: float = 60) -> None:
    """Wait for something."""
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, f"there is no {what}"
        time.sleep(0.1)


def podman(*arguments: str) -> str:
    """Do something to a container."""
    return run("podman", *arguments, folder=Path("/"), variables=dict(os.environ))


@cache
def credentials() -> Headers:
    """Give the headers of somebody who may do everything."""
    return Identity(frozenset(os.environ[FEATURES].split()), command).sign_in(URL)


def command(*arguments: str, stdin: str = "") -> str:
    """Run one of the service's own commands, in a pod of its API."""
    return run(
        *("podman", "exec", "--interactive", "api-0-api", "python", "-m", "app.cli", *arguments),
        folder=Path("/"),
        variables=dict(os.environ),
        stdin=stdin,
    )


def restarts(pod: str) -> int:
    """Count how often a pod was restarted."""
    return len(events(pod, "restarted"))
