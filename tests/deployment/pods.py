"""Beside pods: what happened to them, and what is done to them."""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from tests.harness.commands import run

URL: Final = "http://api"
APIS: Final = ("api-0", "api-1")


def events(pod: str, *names: str, after: int = 0) -> list[dict[str, Any]]:
    """Read what has happened to a pod."""
    lines = Path(os.environ["KUBE_EVENTS"]).read_text().splitlines()[after:]
    found = [json.loads(line) for line in lines]
    return [each for each in found if each["pod"] == pod and each["event"] in names]


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


def restarts(pod: str) -> int:
    """Count how often a pod was restarted."""
    return len(events(pod, "restarted"))
