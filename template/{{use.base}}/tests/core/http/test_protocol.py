"""app.core.http.protocol: what comes before a request, and after its answer, over real sockets."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import timedelta

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from app.config.settings import Settings
from app.core.http.protocol import MAX_PIPELINED
from tests.support.wire import ENDLESS, MOMENT, Connection, connected

LIMIT = 4096
FIELDS = 20
GET = b"GET / HTTP/1.1\r\nHost: test\r\n"
POST = b"POST /read HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n"


async def answer(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer at once; below /read, when the whole body is there."""
    request = Request(scope, receive)
    if scope["path"] == "/read":
        await request.body()
    response: Response = PlainTextResponse("done")
    await response(scope, receive, send)


def limited(settings: Settings, idle: timedelta) -> dict[str, object]:
    """Set small limits, one of which is a time."""
    limits = {"max_header_bytes": LIMIT, "max_headers": FIELDS, "keep_alive": idle}
    return {"settings": replace(settings, server=settings.server.model_copy(update=limits))}


@pytest.fixture
async def connection(settings: Settings) -> AsyncGenerator[Connection]:
    """A connection to a server that is patient."""
    async with connected(answer, limited(settings, timedelta(minutes=1))) as connection:
        yield connection


@pytest.fixture
async def hurried(settings: Settings) -> AsyncGenerator[Connection]:
    """A connection to a server that is not."""
    async with connected(answer, limited(settings, MOMENT)) as connection:
        yield connection


class TestHead:
    async def test_up_to_the_limits(self, connection: Connection) -> None:
        fields = b"".join(b"X-%d: a\r\n" % number for number in range(FIELDS - 3))
        connection.writer.write(GET + fields + b"X-Long: " + b"a" * (LIMIT // 2) + b"\r\n")
        connection.writer.write(b"Connection: close\r\n\r\n")

        assert await connection.answers() == [b"HTTP/1.1 200 OK"]

    @pytest.mark.parametrize(
        "head",
        [
            GET + b"X-Long: " + b"a" * LIMIT + b"\r\n\r\n",
            b"GET /" + b"a" * LIMIT + b" HTTP/1.1\r\nHost: test\r\n\r\n",
            GET + b"".join(b"X-%d: a\r\n" % number for number in range(FIELDS)) + b"\r\n",
        ],
        ids=["bytes", "line", "fields"],
    )
    async def test_too_large(self, connection: Connection, head: bytes) -> None:
        connection.writer.write(head)

        assert await connection.answers() == [b"HTTP/1.1 431 Request Header Fields Too Large"]

    async def test_problem(self, connection: Connection) -> None:
        connection.writer.write(GET + b"X-Long: " + b"a" * LIMIT + b"\r\n\r\n")

        said = await connection.reader.read()

        assert b"content-type: application/problem+json\r\n" in said
        assert b"connection: close\r\n" in said
        assert b'"code":"header_fields_too_large"' in said

    @pytest.mark.parametrize(
        ("start", "piece"),
        [
            (GET + b"X-Long: ", b"a" * 2**16),
            (b"GET /", b"a" * 2**16),
            (GET + b"X", b"a" * 2**16),
            (GET, b"X-Many: a\r\n" * 2**12),
            (POST + b"1;", b"a" * 2**16),
            (POST + b"1\r\na\r\n0\r\nX-Trailer: ", b"a" * 2**16),
        ],
        ids=["value", "line", "name", "fields", "extension", "trailer"],
    )
    async def test_without_an_end(self, connection: Connection, start: bytes, piece: bytes) -> None:
        assert await connection.flood(start, piece) < ENDLESS

    async def test_too_slow(self, hurried: Connection) -> None:
        hurried.writer.write(GET)

        assert await hurried.answers() == []

    async def test_none(self, hurried: Connection) -> None:
        assert await hurried.answers() == []

    async def test_no_http(self, connection: Connection) -> None:
        connection.writer.write(b"EHLO test\r\n")

        assert await connection.answers() == [b"HTTP/1.1 400 Bad Request"]


class TestBody:
    async def test_large_and_read(self, connection: Connection) -> None:
        connection.writer.write(POST + b"%x\r\n" % (LIMIT * 9) + b"a" * LIMIT * 9)
        connection.writer.write(b"\r\n0\r\n\r\n" + GET + b"Connection: close\r\n\r\n")

        assert await connection.answers() == [b"HTTP/1.1 200 OK", b"doneHTTP/1.1 200 OK"]

    async def test_that_nobody_reads(self, connection: Connection) -> None:
        head = b"POST / HTTP/1.1\r\nHost: test\r\nContent-Length: %d\r\n\r\n" % ENDLESS

        assert await connection.flood(head, b"a" * 2**16) < ENDLESS

    async def test_whose_rest_does_not_come(self, connection: Connection) -> None:
        connection.writer.write(GET + b"\r\n")
        await connection.reader.readuntil(b"done")
        connection.hurry()
        connection.writer.write(b"POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 9\r\n\r\n")

        assert await connection.answers() == [b"HTTP/1.1 200 OK"]


class TestPipeline:
    async def test_in_order(self, connection: Connection) -> None:
        connection.writer.write((GET + b"\r\n") * 3 + GET + b"Connection: close\r\n\r\n")

        assert len(await connection.answers()) == 4

    async def test_too_many(self, connection: Connection) -> None:
        connection.writer.write((GET + b"\r\n") * (MAX_PIPELINED + 2))

        assert len(await connection.answers()) <= 1
