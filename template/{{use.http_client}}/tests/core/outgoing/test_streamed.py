"""app.core.outgoing.streamed: an answer as it comes, which ends in time, whatever sends it."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from datetime import timedelta

import pytest
from pydantic import BaseModel

from app.core.errors import AppError
from app.core.outgoing import breaker
from app.core.outgoing.errors import (
    UpstreamInvalidError,
    UpstreamTimeoutError,
    UpstreamUnavailableError,
)
from app.core.outgoing.upstream import Upstream
from tests.support.log import captured_log
from tests.support.peer import FAILS, Manner, Peer, drips, floods, hangs, peer, says, upstream_of

LONG = timedelta(minutes=1)
HASTY = {"read_timeout": timedelta(seconds=0.5), "timeout": timedelta(seconds=1)}


class Thing(BaseModel):
    """Something that is sent."""

    name: str


def chunked(*pieces: bytes, then: Callable[[asyncio.StreamWriter], Awaitable[None]]) -> Manner:
    """Send pieces, each as it is, and then do something else."""

    async def manner(_: Peer, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for piece in pieces:
            writer.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            await writer.drain()
        await then(writer)

    return manner


async def lines(_: Peer, writer: asyncio.StreamWriter) -> None:
    """Send three lines, of which the last has no end."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\none\ntwo\nend")


async def goes_on(writer: asyncio.StreamWriter) -> None:
    """Send one byte after the other, for as long as somebody takes them."""
    while True:
        writer.write(b"1\r\n.\r\n")
        await writer.drain()
        await asyncio.sleep(0.05)


async def breaks_off(writer: asyncio.StreamWriter) -> None:
    """Hang up."""
    writer.transport.abort()


async def falls_silent(_: asyncio.StreamWriter) -> None:
    """Say no more."""
    await asyncio.sleep(20)


async def lines_of(calls: Upstream, limit: timedelta = LONG) -> list[bytes]:
    """Read all that is sent."""
    async with calls.stream("/", Thing(name="a"), limit=limit) as answer:
        return [line async for line in answer.lines()]


class TestLines:
    async def test_whole(self) -> None:
        async with peer(lines) as other, upstream_of(other.url) as calls:
            assert await lines_of(calls) == [b"one", b"two", b"end"]
            assert await lines_of(calls) == [b"one", b"two", b"end"]

        assert other.connections == 1

    async def test_as_they_come(self) -> None:
        manner = chunked(b"on", b"e\ntwo\n", then=goes_on)
        async with peer(manner) as other, upstream_of(other.url) as calls:
            async with (
                calls.stream("/", Thing(name="a"), limit=LONG) as answer,
                aclosing(answer.lines()) as found,
            ):
                assert [await anext(found), await anext(found)] == [b"one", b"two"]

            async with asyncio.timeout(10):
                await other.left.wait()  # nobody reads the rest

    async def test_4xx_is_an_answer(self) -> None:
        gone = says("HTTP/1.1 410 Gone\nContent-Length: 0\n\n")
        async with (
            peer(gone) as other,
            upstream_of(other.url) as calls,
            calls.stream("/", Thing(name="a"), limit=LONG) as answer,
        ):
            assert answer.response.status_code == 410


class TestBad:
    @pytest.mark.parametrize(
        ("manner", "error"),
        [
            (hangs, UpstreamTimeoutError),
            (chunked(b"one\n", then=falls_silent), UpstreamTimeoutError),
            (chunked(b"one\n", then=breaks_off), UpstreamUnavailableError),
            (FAILS, UpstreamUnavailableError),
            (floods, UpstreamInvalidError),
            (
                says("HTTP/1.1 200 OK\nContent-Encoding: gzip\nContent-Length: 2\n\nok"),
                UpstreamInvalidError,
            ),
            (
                says("HTTP/1.1 302 Found\nLocation: http://10.0.0.1/\nContent-Length: 0\n\n"),
                UpstreamInvalidError,
            ),
        ],
    )
    async def test_ends(self, manner: Manner, error: type[AppError]) -> None:
        changes = HASTY if error is UpstreamTimeoutError else {}
        async with peer(manner) as bad, upstream_of(bad.url, **changes) as broken:
            with pytest.raises(error):
                await lines_of(broken)

            assert len(bad.heads) == 1

    async def test_longer_than_it_may(self) -> None:
        """It is nobody's fault, so nobody is left alone for it."""
        async with peer(drips) as bad, upstream_of(bad.url, breaker_failures=1) as slow:
            with pytest.raises(UpstreamTimeoutError):
                await lines_of(slow, timedelta(seconds=1))

            assert not slow.breaker.is_open

    async def test_cancelled(self) -> None:
        manner = chunked(b"one\n", then=goes_on)
        async with peer(manner) as other, upstream_of(other.url, breaker_failures=1) as calls:
            call = asyncio.create_task(lines_of(calls))
            await other.asked.wait()
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call

            async with asyncio.timeout(10):
                await other.left.wait()
            assert not calls.breaker.is_open


class TestBreaker:
    async def test_what_breaks_off_counts(self) -> None:
        """That it begins excuses nothing: each of these begins."""
        manner = chunked(b"one\n", then=breaks_off)
        async with peer(manner) as bad, upstream_of(bad.url, breaker_failures=3) as broken:
            for _ in range(10):
                with pytest.raises(UpstreamUnavailableError):
                    await lines_of(broken)

        assert len(bad.heads) == 3

    async def test_what_ends_well_excuses(self) -> None:
        bad = chunked(b"one\n", then=breaks_off)
        async with peer(bad) as other, upstream_of(other.url, breaker_failures=2) as calls:
            for manner in (bad, lines, bad):
                other.manner = manner
                await asyncio.gather(lines_of(calls), return_exceptions=True)

            assert not calls.breaker.is_open

    async def test_closes_when_one_begins(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The others do not wait until it has ended."""
        changes = {"breaker_failures": 1, "breaker_pause": timedelta(minutes=5)}
        async with peer(FAILS) as other, upstream_of(other.url, **changes) as calls:
            with captured_log(breaker) as log:
                with pytest.raises(UpstreamUnavailableError):
                    await lines_of(calls)
                other.manner = chunked(b"one\n", then=falls_silent)
                now = breaker.monotonic
                monkeypatch.setattr(breaker, "monotonic", lambda: now() + 300)
                async with calls.stream("/", Thing(name="a"), limit=LONG):
                    other.manner = lines
                    assert await lines_of(calls) == [b"one", b"two", b"end"]

            assert [each["event"] for each in log] == ["breaker opened", "breaker closed"]
