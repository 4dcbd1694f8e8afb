"""Beside the pods of the overlay for production, as it is, with a database outside of it.

Run by ``test_engine.py``. The tests build on each other's order.
"""

import json
import os
import time

import httpx2

from tests.deployment.load import load
from tests.deployment.overlays import LEAVE
from tests.deployment.pods import (
    APIS,
    URL,
    await_event,
    credentials,
    events,
    first_ready,
    migrated,
    now,
    podman,
    restarts,
)
from tests.harness.walk import Walker, walk_core
from tests.harness.walk_items import ITEMS, walk_items


class TestStart:
    def test_the_job_migrates(self) -> None:
        """Until it has, the pods wait, and none is restarted.

        A pod may be ready before the job has ended: the job's process still has to close.
        """
        (completed,) = events("migrate-0", "completed")

        assert completed["exit"] == 0
        for pod in APIS:
            assert first_ready(pod) >= migrated("migrate-0")
            assert restarts(pod) == 0

    def test_walk(self) -> None:
        with Walker(URL) as walker:
            walk_core(walker)
        with Walker(URL, credentials()) as walker:
            walk_items(walker)


class TestRollout:
    def test_pods_go_in_turn_under_load(self) -> None:
        """Each is out of service first, then ends well, and not one request fails."""
        with load(write_and_read) as failures:
            ends = [replaced(pod) for pod in APIS]

        assert failures == []
        assert ends == [(True, 0, False)] * len(APIS)


class TestOutage:
    def test_the_database_hangs(self) -> None:
        """Out of service while it does, and back without a restart."""
        before = [restarts(pod) for pod in APIS]
        mark = now()
        podman("kill", "--signal", "STOP", "database-0-database")
        for pod in APIS:
            assert "503" in await_event(pod, "not-ready", mark)["why"]
        addresses = json.loads(os.environ["KUBE_PODS"])
        for pod in APIS:
            assert httpx2.get(f"http://{addresses[pod]}:8000/healthz").status_code == 200

        mark = now()
        podman("kill", "--signal", "CONT", "database-0-database")
        for pod in APIS:
            await_event(pod, "ready", mark)
        assert [restarts(pod) for pod in APIS] == before


def write_and_read() -> httpx2.Response:
    """Make something with a name of its own, and read it, each over a new connection."""
    item = {"name": f"Lamp {time.monotonic_ns()}", "price_cents": 4900}
    headers = credentials()
    made = httpx2.post(f"{URL}{ITEMS}", json=item, headers=headers, timeout=10)
    if not made.is_success:
        return made
    return httpx2.get(f"{URL}{made.headers['location']}", headers=headers, timeout=10)


def replaced(pod: str) -> tuple[bool, int, bool]:
    """Let a pod leave as in a rollout, and wait for the next one; say how it ended."""
    mark = now()
    podman("exec", f"{pod}-api", "touch", LEAVE)
    hook = await_event(pod, "preStop", mark)
    ended = await_event(pod, "stopped", mark)
    await_event(pod, "ready", mark)
    assert await_event(pod, "not-ready", mark)["t"] <= hook["t"] - hook["seconds"]
    return hook["ok"], ended["exit"], ended["killed"]
