"""Call an ASGI app without sockets, as often as asked on standard input, and print the cost.

`python loop.py MODULE:NAME [--without N]` answers each line `{"path": ..., "count": ...}` with
`{"wall_us": ..., "cpu_us": ..., "status": ..., "bytes": ...}` per request. With a `"body"` it asks
with POST, and each ``#`` in it is another number; `"headers"` are sent with each. A line with
`"profile": true` is answered with the own time of each package instead.
"""

import argparse
import asyncio
import cProfile
import importlib
import json
import os
import pstats
import re
import sys
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Coroutine, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO, TypeAlias, cast

Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
Asgi: TypeAlias = Callable[[Message, Receive, Send], Coroutine[Any, Any, None]]

HEADERS = [(b"host", b"127.0.0.1:8000"), (b"user-agent", b"benchmark"), (b"accept", b"*/*")]
PACKAGE = re.compile(r"/lib/python\d\.\d+/(?:site-packages/)?([^/.]+)")


@dataclass
class Response:
    """Collect what the app sends."""

    status: int = 0
    size: int = 0

    async def send(self, message: Message) -> None:
        """Take one message of the app."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
        else:
            self.size += len(message.get("body", b""))


@dataclass
class Lifespan:
    """Start and stop the app as a server does."""

    app: Asgi
    state: dict[str, object] = field(default_factory=dict[str, object])
    inbox: asyncio.Queue[Message] = field(default_factory=asyncio.Queue[Message])
    outbox: asyncio.Queue[Message] = field(default_factory=asyncio.Queue[Message])
    task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Run the app's start-up."""
        scope: Message = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": self.state}
        self.task = asyncio.create_task(self.app(scope, self.inbox.get, self.outbox.put))
        await self.ask("startup")

    async def ask(self, event: str) -> None:
        """Send one lifespan event and insist on its completion."""
        await self.inbox.put({"type": f"lifespan.{event}"})
        answer = await asyncio.wait_for(self.outbox.get(), 30)
        if answer["type"] != f"lifespan.{event}.complete":
            sys.exit(f"{answer['type']}: {answer.get('message', '')}")


@dataclass(frozen=True)
class Request:
    """Say what is asked."""

    path: str
    body: str | None = None
    headers: dict[str, str] = field(default_factory=dict[str, str])

    def content(self) -> bytes:
        """Give the body, which is another one each time."""
        return (self.body or "").replace("#", str(time.time_ns())).encode()

    def head(self, content: bytes) -> list[tuple[bytes, bytes]]:
        """Give the headers as uvicorn does."""
        more = [(name.lower().encode(), value.encode()) for name, value in self.headers.items()]
        if self.body is not None:
            length = str(len(content)).encode()
            more += [(b"content-type", b"application/json"), (b"content-length", length)]
        return HEADERS + more


def request_scope(request: Request, content: bytes, state: dict[str, object]) -> Message:
    """Build the scope of one request as uvicorn builds it."""
    path, _, query = request.path.partition("?")
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "server": ("127.0.0.1", 8000),
        "client": ("127.0.0.1", 50000),
        "scheme": "http",
        "method": "GET" if request.body is None else "POST",
        "root_path": "",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": request.head(content),
        "state": state.copy(),
    }


def receiving(content: bytes) -> Receive:
    """Give the body of a request, whole."""

    async def receive() -> Message:
        return {"type": "http.request", "body": content, "more_body": False}

    return receive


async def call(app: Asgi, request: Request, count: int, state: dict[str, object]) -> Response:
    """Make the requests one after the other, each in a task of its own like uvicorn."""
    response = Response()
    for _ in range(count):
        response, content = Response(), request.content()
        scope = request_scope(request, content, state)
        await asyncio.create_task(app(scope, receiving(content), response.send))
    return response


async def timed(
    app: Asgi, request: Request, count: int, state: dict[str, object]
) -> dict[str, float]:
    """Measure the mean cost of one request, waiting included and excluded."""
    wall, cpu = time.perf_counter(), time.process_time()
    response = await call(app, request, count, state)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return {
        "wall_us": wall / count * 1e6,
        "cpu_us": cpu / count * 1e6,
        "status": response.status,
        "bytes": response.size,
    }


def package_of(filename: str) -> str:
    """Name the package that a profiled function belongs to."""
    if filename.startswith(("~", "<")):
        return "built-in"
    found = PACKAGE.search(filename)
    if found:
        return found[1]
    return "the benchmark" if filename == __file__ else "the application"


async def profiled(
    app: Asgi, request: Request, count: int, state: dict[str, object]
) -> dict[str, Any]:
    """Share the own time of a request out among packages and functions, in per cent."""
    profile = cProfile.Profile(time.process_time)
    profile.enable()
    await call(app, request, count, state)
    profile.disable()
    stats = cast(
        "dict[tuple[str, int, str], tuple[Any, ...]]", vars(pstats.Stats(profile))["stats"]
    )
    packages: dict[str, float] = defaultdict(float)
    functions: dict[str, float] = {}
    for (filename, line, name), row in stats.items():
        packages[package_of(filename)] += row[2]
        functions[f"{filename.rpartition('site-packages/')[2]}:{line} {name}"] = row[2]
    total = sum(packages.values())
    return {"packages": shares(packages, total), "functions": shares(functions, total)}


def shares(times: dict[str, float], total: float) -> dict[str, float]:
    """Keep the fifteen largest as per cent of the total."""
    largest = sorted(times.items(), key=lambda item: -item[1])[:15]
    return {name: round(100 * seconds / total, 1) for name, seconds in largest}


def load(target: str, without: int | None) -> tuple[Asgi, list[str]]:
    """Import the app, call it when it is a factory, and take one middleware out when asked."""
    module, _, name = target.partition(":")
    app: Any = getattr(importlib.import_module(module), name.removesuffix("()"))
    app = app() if name.endswith("()") else app
    middleware: list[Any] = app.user_middleware
    names = [entry.cls.__name__ for entry in middleware]
    if without is not None:
        del middleware[without]
    return app, names


def take_standard_output() -> TextIO:
    """Keep standard output for the answers; what the app logs there goes nowhere."""
    answers = os.fdopen(os.dup(1), "w")
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    return answers


async def serve(app: Asgi, names: list[str], answers: TextIO) -> None:
    """Answer the lines of standard input until it ends."""
    lifespan = Lifespan(app)
    await lifespan.start()
    print(json.dumps({"middleware": names}), file=answers, flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        act = profiled if order.get("profile") else timed
        request = Request(order["path"], order.get("body"), order.get("headers") or {})
        result = await act(app, request, order["count"], lifespan.state)
        print(json.dumps(result), file=answers, flush=True)
    await lifespan.ask("shutdown")


def main() -> None:
    """Read the command line and serve on the fastest event loop that is installed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("target")
    parser.add_argument("--without", type=int)
    arguments = parser.parse_args()
    sys.path.insert(0, "")
    answers = take_standard_output()
    app, names = load(arguments.target, arguments.without)
    try:
        factory = importlib.import_module("uvloop").new_event_loop
    except ImportError:
        factory = None
    with asyncio.Runner(loop_factory=factory) as runner:
        runner.run(serve(app, names, answers))


if __name__ == "__main__":
    main()
