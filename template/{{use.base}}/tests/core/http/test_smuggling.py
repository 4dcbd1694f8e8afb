"""app.core.http.protocol: requests that two servers could read in two ways (CWE-444)."""

from collections.abc import AsyncGenerator
from typing import Final

import pytest
from fastapi import FastAPI

from app.core.lifespan import State
from tests.support.wire import Connection, connected

HIDDEN: Final = b"GET /hidden HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n"
CHUNKS: Final = b"0\r\n\r\n"


@pytest.fixture
async def connection(app: FastAPI, opened: State) -> AsyncGenerator[Connection]:
    """A connection to the service."""
    async with connected(app, opened) as connection:
        yield connection


def post(*fields: bytes, body: bytes = b"") -> bytes:
    """Write a request with these fields."""
    return b"\r\n".join((b"POST /healthz HTTP/1.1", b"Host: test", *fields, b"", body))


HEADS: Final = {
    "two lengths": post(b"Content-Length: 5", b"Content-Length: 6", body=b"12345"),
    "a length twice": post(b"Content-Length: 5", b"Content-Length: 5", body=b"12345"),
    "a list of lengths": post(b"Content-Length: 5, 5", body=b"12345"),
    "a length and chunks": post(b"Content-Length: 5", b"Transfer-Encoding: chunked", body=CHUNKS),
    "chunks and a length": post(b"Transfer-Encoding: chunked", b"Content-Length: 5", body=CHUNKS),
    "a signed length": post(b"Content-Length: +5", body=b"12345"),
    "a negative length": post(b"Content-Length: -5", body=b"12345"),
    "a hexadecimal length": post(b"Content-Length: 0x5", body=b"12345"),
    "a length beyond all numbers": post(b"Content-Length: " + b"9" * 30, body=b"12345"),
    "an empty length": post(b"Content-Length:", body=b"12345"),
    "a space before the colon": post(b"Content-Length : 5", body=b"12345"),
    "chunks that are not last": post(b"Transfer-Encoding: chunked, identity", body=CHUNKS),
    "chunks twice": post(
        b"Transfer-Encoding: chunked", b"Transfer-Encoding: identity", body=CHUNKS
    ),
    "a folded field": post(b"Transfer-Encoding:\r\n chunked", body=CHUNKS),
    "a bare carriage return": post(b"X-A: a\rContent-Length: 5", body=b"12345"),
    "a zero byte": post(b"X-A: a\x00b"),
    "a field without a colon": post(b"X-A"),
    "a field without a name": post(b": a"),
    "a version of tomorrow": b"GET /healthz HTTP/1.2\r\nHost: test\r\n\r\n",
    "no host": b"GET /healthz HTTP/1.1\r\n\r\n",
    "two hosts": post(b"Host: other"),
    "a host twice": post(b"Host: test"),
    "two hosts of old": b"GET /healthz HTTP/1.0\r\nHost: test\r\nHost: other\r\n\r\n",
    "a host that is none": b"GET /healthz HTTP/1.1\r\nHost: test/other\r\n\r\n",
    "a place without a host": b"GET http://test/healthz HTTP/1.1\r\n\r\n",
}


BODIES: Final = {
    "an unknown coding": post(b"Transfer-Encoding: xchunked", body=CHUNKS),
    "a signed chunk": post(b"Transfer-Encoding: chunked", body=b"+1\r\na\r\n" + CHUNKS),
    "a hexadecimal chunk": post(b"Transfer-Encoding: chunked", body=b"0x1\r\na\r\n" + CHUNKS),
    "a chunk that is too long": post(b"Transfer-Encoding: chunked", body=b"1\r\nab\r\n" + CHUNKS),
    "a chunk without its line": post(b"Transfer-Encoding: chunked", body=b"1\na\n0\n\n"),
}


async def found(connection: Connection) -> bool:
    """Whether the hidden request was taken for one, and so has an answer."""
    return any(line.endswith(b"404 Not Found") for line in await connection.answers())


async def test_no_host_is_needed_of_old(connection: Connection) -> None:
    """Load balancers ask so for the health of a service."""
    connection.writer.write(b"GET /healthz HTTP/1.0\r\n\r\n")

    assert await connection.answers() == [b"HTTP/1.1 200 OK"]


async def test_what_is_right_is_followed_by_the_next(connection: Connection) -> None:
    connection.writer.write(post(b"Content-Length: 5", body=b"12345") + HIDDEN)

    assert await found(connection)


@pytest.mark.parametrize("request_", HEADS.values(), ids=HEADS.keys())
async def test_head_is_refused_with_all_that_follows(
    connection: Connection, request_: bytes
) -> None:
    connection.writer.write(request_ + HIDDEN)

    assert await connection.answers() == [b"HTTP/1.1 400 Bad Request"]


@pytest.mark.parametrize("request_", BODIES.values(), ids=BODIES.keys())
async def test_body_ends_the_connection(connection: Connection, request_: bytes) -> None:
    """Its request has begun, and may be answered; what follows is not read."""
    connection.writer.write(request_ + HIDDEN)

    assert not await found(connection)
