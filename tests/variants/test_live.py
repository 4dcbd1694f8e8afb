"""Sockets and streams of one's own on a real server: how they are refused, and how they end."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Final

import pytest

from tests.harness.logs import check_log, parse
from tests.harness.renders import Renders
from tests.harness.servers import Server
from tests.harness.stages.installing import stage_install
from tests.harness.stages.rendering import stage_generate
from tests.harness.variants import asked, variant_of
from tests.harness.workbench import Workbench, workbench

pytestmark = [pytest.mark.slow, pytest.mark.proven_by_content(programs=())]

PRODUCTION: Final = {"ENVIRONMENT": "production", "DRAIN_DELAY": "0"}
LONGEST: Final = 10.0
"""Seconds that an end may take on a busy machine; gunicorn kills what takes 30."""

ROUTES: Final = '''"""/probe."""

import asyncio
from collections.abc import AsyncIterator

from fastapi import APIRouter, WebSocket
from fastapi.sse import EventSourceResponse

from app.core.errors import NotFoundError

router = APIRouter(prefix="/probe")


@router.websocket("/refused")
async def refused(socket: WebSocket) -> None:
    """Have no such room."""
    raise NotFoundError("There is no such room.")


@router.websocket("/closed")
async def closed(socket: WebSocket) -> None:
    """Notice that later."""
    await socket.accept()
    raise NotFoundError("There is no such room.")


@router.websocket("/deaf")
async def deaf(socket: WebSocket) -> None:
    """Wait for something else than the client."""
    await socket.accept()
    await asyncio.Event().wait()


@router.get("/events", response_class=EventSourceResponse)
async def events() -> AsyncIterator[dict[str, int]]:
    """Tell one thing, and wait for the next."""
    yield {"number": 1}
    await asyncio.Event().wait()
'''

CLIENT: Final = """
import asyncio
import json
import sys

import httpx2
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

PROBE = sys.argv[1] + "/api/v1/probe"


async def end_of_socket(name):
    try:
        async with connect(PROBE.replace("http", "ws", 1) + name, ping_interval=None) as socket:
            await socket.recv()
    except InvalidStatus as error:
        return [error.response.status_code, json.loads(bytes(error.response.body))["code"]]
    except ConnectionClosed as error:
        return [error.rcvd.code, error.rcvd.reason]


async def end_of_stream():
    async with httpx2.AsyncClient(timeout=60) as client:
        async with client.stream("GET", PROBE + "/events") as response:
            async for part in response.aiter_text():
                print(json.dumps(part), flush=True)
    return "complete"


async def main():
    for name in ("/refused", "/closed"):
        print(json.dumps(await end_of_socket(name)), flush=True)
    deaf = asyncio.create_task(end_of_socket("/deaf?ticket=hunter2"))
    print(json.dumps([await end_of_stream(), *await deaf]), flush=True)


asyncio.run(main())
"""


@pytest.fixture(scope="module")
def bench(renders: Renders, tmp_path_factory: pytest.TempPathFactory) -> Generator[Workbench]:
    """A service with sockets and a stream of its user's."""
    chosen = {"orm": "none", "auth": "none", "sample": "none"}
    with workbench(variant_of(asked(chosen)), tmp_path_factory.mktemp("live"), renders) as bench:
        stage_generate(bench)
        stage_install(bench)
        bench.uv("pip", "install", "--python", ".venv", "websockets", folder=bench.project)
        (bench.project / "app/api/v1/probe.py").write_text(ROUTES)
        (bench.folder / "client.py").write_text(CLIENT)
        yield bench


def test_refused_closed_and_ended(bench: Workbench) -> None:
    """By its errors, and at the end of the service, which waits for neither socket nor stream."""
    program = bench.project / ".venv/bin/gunicorn"
    server = bench.start("served", program, folder=bench.project, **PRODUCTION)
    server.await_ready()
    with client(bench, server) as said:
        assert said() == [404, "not_found"]
        assert said() == [1008, "not_found"]
        assert said() == 'data: {"number":1}\n\n'
        began = time.monotonic()
        os.kill(server.process.pid, signal.SIGTERM)
        assert said() == ["complete", 1012, ""]

    assert server.process.wait(LONGEST) == 0
    assert time.monotonic() - began < LONGEST
    check_log(server.lines())
    assert not any("hunter2" in line for line in server.lines())
    sockets = [record for line in server.lines() if (record := parse(line))["event"] == "socket"]
    assert [(each["status"], each["closed"]) for each in sockets] == [
        (404, None),
        (101, 1008),
        (101, 1006),
    ]
    assert all(each["request_id"] for each in sockets)


@contextmanager
def client(bench: Workbench, server: Server) -> Generator[Callable[[], object]]:
    """Run the client, and read what it says."""
    command = [bench.project / ".venv/bin/python", bench.folder / "client.py", server.url]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        lines = process.stdout
        try:
            yield lambda: json.loads(next(lines))
        finally:
            process.kill()
