"""A replica is told to end behind a load balancer, under load, with the default DRAIN_DELAY."""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Final

import httpx2
import pytest

from tests.deployment.load import load
from tests.harness.balancer import balanced
from tests.harness.logs import check_log
from tests.harness.renders import Renders
from tests.harness.servers import Server
from tests.harness.stages.installing import stage_install
from tests.harness.stages.rendering import stage_generate
from tests.harness.variants import variant_with
from tests.harness.workbench import workbench

LONGEST: Final = 40.0
"""Seconds that it may take: the default is 15 of them."""


@pytest.mark.slow
@pytest.mark.proven_by_content(programs=())
def test_nothing_is_lost(renders: Renders, tmp_path: Path) -> None:
    """Neither by clients that connect for each request, nor by those that keep a connection."""
    with workbench(variant_with(orm="none", auth="none"), tmp_path, renders) as bench:
        stage_generate(bench)
        stage_install(bench)
        gunicorn = bench.project / ".venv/bin/gunicorn"

        def replica(name: str) -> Server:
            server = bench.start(name, gunicorn, folder=bench.project, ENVIRONMENT="production")
            server.await_ready()
            return server

        leaving, staying = replica("leaving"), replica("staying")
        with (
            balanced(leaving.port, staying.port) as balancer,
            load(anew(balancer.url)) as lost_anew,
            httpx2.Client(base_url=balancer.url, timeout=10) as client,
            load(lambda: client.get("/healthz")) as lost_kept,
        ):
            os.kill(leaving.process.pid, signal.SIGTERM)
            leaving.process.wait(LONGEST)
            assert balancer.ready == {leaving.port: False, staying.port: True}

        assert (lost_anew, lost_kept) == ([], [])
        assert leaving.process.returncode == 0
        check_log(leaving.lines())


def anew(url: str) -> Callable[[], httpx2.Response]:
    """Ask over a connection of its own."""
    return lambda: httpx2.get(f"{url}/healthz", timeout=10)
