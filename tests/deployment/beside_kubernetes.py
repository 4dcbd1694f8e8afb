"""Beside the pods of the overlay for development: what the probes and the end of a pod do.

Run by ``test_engine.py``, which scales the seconds down. The tests build on each other's order.
"""

import json
import os
import time
from typing import Final

import httpx2

from tests.deployment.load import load
from tests.deployment.pods import (
    APIS,
    URL,
    await_,
    await_event,
    credentials,
    events,
    now,
    podman,
    restarts,
)
from tests.deployment.stacks import START_DELAY
from tests.harness.walk import Walker, walk_core
from tests.harness.walk_items import walk_items

FREEZE: Final = (
    "import os, signal; from pathlib import Path;"
    "[os.kill(int(child), signal.SIGSTOP)"
    " for child in Path('/proc/1/task/1/children').read_text().split()]"
)


def sql(statement: str) -> str:
    """Change the database, past the service."""
    command = ("psql", "--username=app", "--dbname=app", "--quiet", "--tuples-only")
    return podman("exec", "database-0-database", *command, "--command", statement).strip()


class TestStart:
    def test_the_startup_probe_holds_the_others_back(self) -> None:
        for pod in APIS:
            (running,) = events(pod, "running")
            (started,) = events(pod, "started")
            failed = {
                each["probe"] for each in events(pod, "probe-failed") if each["t"] < started["t"]
            }

            assert started["t"] - running["t"] > 0.8 * START_DELAY
            assert failed == {"startupProbe"}
            assert restarts(pod) == 0

    def test_the_job_migrates(self) -> None:
        (completed,) = events("migrate-0", "completed")

        assert completed["exit"] == 0

    def test_walk(self) -> None:
        with Walker(URL) as walker:
            walk_core(walker)
        with Walker(URL, credentials()) as walker:
            walk_items(walker)


class TestTasks:
    def test_beat_has_the_worker_run_something(self) -> None:
        """Both are found well by their probe, which is a file that they touch."""
        await_(lambda: '"event": "task"' in podman("logs", "worker-0-worker"), "task")
        for pod in ("worker-0", "beat-0"):
            assert len(events(pod, "ready")) == 1
            assert restarts(pod) == 0


class TestReadiness:
    def test_out_of_service_without_a_restart(self) -> None:
        """The schema is behind the code: 503 from /readyz, and the Service sends nothing."""
        mark = now()
        sql("ALTER TABLE alembic_version RENAME TO hidden")
        for pod in APIS:
            assert "503" in await_event(pod, "not-ready", mark)["why"]

        addresses = json.loads(os.environ["KUBE_PODS"])
        for pod in APIS:
            assert httpx2.get(f"http://{addresses[pod]}:8000/healthz").status_code == 200
        mark = now()
        sql("ALTER TABLE hidden RENAME TO alembic_version")
        for pod in APIS:
            await_event(pod, "ready", mark)
            assert restarts(pod) == 0


class TestEnd:
    def test_sigterm_under_load(self) -> None:
        """Readiness ends first, then the server: no request fails, and the exit status is 0."""
        headers = credentials()
        mark = now()
        with load(
            lambda: httpx2.get(f"{URL}/api/v1/items", headers=headers, timeout=10)
        ) as failures:
            time.sleep(1)
            podman("kill", "--signal", "TERM", "api-0-api")
            exited = await_event("api-0", "exited", mark)
            time.sleep(1)

        assert failures == []
        assert exited["exit"] == 0
        assert await_event("api-0", "not-ready", mark)["t"] < exited["t"]
        assert restarts("api-1") == 0


class TestLiveness:
    def test_a_stuck_process_is_restarted(self) -> None:
        """And only that; it serves again afterwards, however long the pods' back-off is."""
        mark = now()
        podman("exec", "api-1-api", "python", "-c", FREEZE)

        assert await_event("api-1", "unhealthy", mark)["probe"] == "livenessProbe"
        restarted = await_event("api-1", "restarted", mark)
        await_(
            lambda: any(each["t"] > restarted["t"] for each in events("api-1", "ready")), "end", 150
        )
        assert events("api-0", "unhealthy") == []
