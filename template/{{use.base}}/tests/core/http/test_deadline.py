"""app.core.http.deadline: requests that nobody waits for any more."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import StreamingResponse
from httpx2 import AsyncClient
from starlette.types import Message

from app.config.settings import Settings
from app.core.deadline import to_the_end
from app.core.http.deadline import Waiting
from app.core.lifespan import State
from app.main import create_app
from tests.support.client import running
from tests.support.wire import MOMENT, SECONDS, Connection, connected

ORIGIN = "https://app.example.com"
HEAD = b" HTTP/1.1\r\nHost: test\r\n\r\n"


@dataclass
class Course:
    """How far an endpoint has come, and what became of it."""

    begun: asyncio.Event = field(default_factory=asyncio.Event)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)
    over: asyncio.Event = field(default_factory=asyncio.Event)
    fate: str = "waits"

    async def run(self) -> None:
        """Wait, and note how it ended."""
        self.begun.set()
        try:
            await self.go_on.wait()
            self.fate = "ended"
        except asyncio.CancelledError:
            self.fate = "cancelled"
            raise
        finally:
            self.over.set()

    async def told(self) -> str:
        """Tell how it ended."""
        async with asyncio.timeout(SECONDS):
            await self.over.wait()
        return self.fate


def endpoints(course: Course) -> APIRouter:
    """Make endpoints that take as long as a test wants."""
    router = APIRouter()

    @router.api_route("/wait", methods=["GET", "HEAD", "POST"])
    async def wait() -> None:  # pyright: ignore[reportUnusedFunction]
        await course.run()

    @router.post("/commit")
    async def commit() -> None:  # pyright: ignore[reportUnusedFunction]
        with to_the_end():
            await course.run()
        await asyncio.Event().wait()

    @router.post("/read")
    async def read(request: Request) -> int:  # pyright: ignore[reportUnusedFunction]
        return len(await request.body())

    @router.get("/stubborn")
    async def stubborn() -> None:  # pyright: ignore[reportUnusedFunction]
        try:
            await course.run()
        finally:
            await course.go_on.wait()

    return router


def streams(course: Course) -> APIRouter:
    """Make endpoints whose answers come in parts."""
    router = APIRouter()

    @router.get("/stream")
    async def stream(request: Request) -> StreamingResponse:  # pyright: ignore[reportUnusedFunction]
        async def parts() -> AsyncGenerator[str]:
            yield "a"
            waiting: Waiting = request.state.waiting
            assert waiting.timer is not None
            yield f"cancelled: {waiting.timer.cancelled()}"

        return StreamingResponse(parts())

    @router.get("/late-stream")
    async def late_stream() -> StreamingResponse:  # pyright: ignore[reportUnusedFunction]
        async def parts() -> AsyncGenerator[str]:
            await course.run()
            yield "b"

        return StreamingResponse(parts())

    return router


async def part_of_a_body() -> Message:
    """Receive something, with more to come."""
    return {"type": "http.request", "body": b"a", "more_body": True}


async def nobody(_: Message) -> None:
    """Send to nobody."""


@pytest.fixture
def course() -> Course:
    """The way of this test's request."""
    return Course()


@pytest.fixture
def app_with(settings: Settings, course: Course) -> Callable[..., FastAPI]:
    """Make the service with these endpoints, and other HTTP settings."""

    def create(**update: object) -> FastAPI:
        http = settings.http.model_copy(update=update)
        app = create_app(replace(settings, http=http))
        app.include_router(endpoints(course))
        app.include_router(streams(course))
        return app

    return create


@pytest.fixture
async def client(app_with: Callable[..., FastAPI]) -> AsyncGenerator[AsyncClient]:
    """A client of a service without much patience."""
    async with running(app_with(request_timeout=MOMENT)) as client:
        yield client


@pytest.fixture
async def hurried(app_with: Callable[..., FastAPI], opened: State) -> AsyncGenerator[Connection]:
    """A connection to it."""
    async with connected(app_with(request_timeout=MOMENT), opened) as connection:
        yield connection


@pytest.fixture
async def connection(app_with: Callable[..., FastAPI], opened: State) -> AsyncGenerator[Connection]:
    """A connection to a service that has all the patience in the world."""
    async with connected(app_with(request_timeout=timedelta(0)), opened) as connection:
        yield connection


class TestTooLong:
    async def test_problem(self, client: AsyncClient, course: Course) -> None:
        response = await client.get("/wait", headers={"X-Request-ID": "mine"})

        assert response.status_code == 504
        assert response.headers["Content-Type"] == "application/problem+json"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.json()["code"] == "request_timeout"
        assert response.json()["request_id"] == "mine"
        assert course.fate == "cancelled"

    async def test_for_a_browser(self, app_with: Callable[..., FastAPI]) -> None:
        app = app_with(request_timeout=MOMENT, cors_origins=(ORIGIN,))

        async with running(app) as client:
            response = await client.get("/wait", headers={"Origin": ORIGIN})

        assert response.status_code == 504
        assert response.headers["Access-Control-Allow-Origin"] == ORIGIN

    async def test_is_answered_while_it_goes_on(self, hurried: Connection, course: Course) -> None:
        hurried.writer.write(b"GET /stubborn" + HEAD)

        async with asyncio.timeout(SECONDS):
            said = await hurried.reader.readuntil(b"request_timeout")

        assert said.startswith(b"HTTP/1.1 504 ")
        assert not course.go_on.is_set()
        course.go_on.set()

    async def test_unless_it_is_off(self, app_with: Callable[..., FastAPI], course: Course) -> None:
        asyncio.get_running_loop().call_later(2 * MOMENT.total_seconds(), course.go_on.set)

        async with running(app_with(request_timeout=timedelta(0))) as client:
            assert (await client.get("/wait")).status_code == 200

    async def test_what_has_to_come_to_its_end_does(
        self, hurried: Connection, course: Course
    ) -> None:
        hurried.writer.write(b"POST /commit" + HEAD)
        async with asyncio.timeout(SECONDS):
            await hurried.reader.readuntil(b"request_timeout")
        course.go_on.set()

        assert await course.told() == "ended"


class TestStream:
    async def test_may_take_longer_once_it_has_begun(
        self, app_with: Callable[..., FastAPI]
    ) -> None:
        async with running(app_with()) as client:
            response = await client.get("/stream")

        assert response.text == "acancelled: True"

    async def test_has_not_begun_while_it_is_held_back(
        self, client: AsyncClient, course: Course
    ) -> None:
        response = await client.get("/late-stream", headers={"Accept-Encoding": "gzip"})

        assert response.status_code == 504
        assert course.fate == "cancelled"


class TestBody:
    async def test_that_does_not_come(self, hurried: Connection) -> None:
        hurried.writer.write(b"POST /read HTTP/1.1\r\nHost: test\r\nContent-Length: 9\r\n\r\na")

        assert await hurried.answers() == [b"HTTP/1.1 504 Gateway Timeout"]

    async def test_that_comes_has_more_time(self) -> None:
        waiting = Waiting({"headers": [(b"content-length", b"9")]}, part_of_a_body, nobody)
        await waiting.receive()

        waiting.lose_patience()

        assert waiting.timer is not None
        assert waiting.answer is None
        waiting.stop()

    async def test_that_comes_no_more_has_not(self) -> None:
        waiting = Waiting({"headers": [(b"content-length", b"9")]}, part_of_a_body, nobody)
        await waiting.receive()
        waiting.lose_patience()
        waiting.stop()

        assert waiting.earned == 0


class TestClientThatLeaves:
    @pytest.mark.parametrize("method", [b"GET", b"HEAD"])
    async def test_does_not_read_on(
        self, connection: Connection, course: Course, method: bytes
    ) -> None:
        connection.writer.write(method + b" /wait" + HEAD)
        await course.begun.wait()
        await connection.leave()

        assert await course.told() == "cancelled"

    async def test_has_written(self, connection: Connection, course: Course) -> None:
        connection.writer.write(b"POST /wait" + HEAD)
        await course.begun.wait()
        await connection.leave()
        course.go_on.set()

        assert await course.told() == "ended"

    async def test_with_more_requests_behind_it(
        self, connection: Connection, course: Course
    ) -> None:
        connection.writer.write(b"GET /healthz" + HEAD + b"GET /wait" + HEAD + b"GET /x" + HEAD)
        await course.begun.wait()
        await connection.leave()

        assert await course.told() == "cancelled"
