"""app.core.outgoing.upstream: whatever answers, a call ends in time, and so does what asked."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from time import monotonic

import pytest
import structlog
from pydantic import BaseModel

from app.core.deadline import Deadline
from app.core.errors import AppError
from app.core.outgoing import allowance, breaker
from app.core.outgoing.errors import (
    UpstreamInvalidError,
    UpstreamTimeoutError,
    UpstreamUnavailableError,
)
from tests.support.log import captured_log
from tests.support.peer import (
    BUSY,
    FAILS,
    OK,
    Manner,
    drips,
    floods,
    hangs,
    peer,
    resets,
    says,
    upstream_of,
)

HASTY = {"read_timeout": timedelta(seconds=0.5), "timeout": timedelta(seconds=1)}


class Thing(BaseModel):
    """Something that is sent."""

    name: str


@asynccontextmanager
async def with_time(seconds: float) -> AsyncGenerator[Deadline]:
    """Have no more than that, as a request."""
    with Deadline() as deadline:
        deadline.ends = asyncio.get_running_loop().time() + seconds
        yield deadline


class TestAnswers:
    @pytest.mark.parametrize(
        ("manner", "error"),
        [
            (hangs, UpstreamTimeoutError),
            (drips, UpstreamTimeoutError),
            (resets, UpstreamUnavailableError),
            (FAILS, UpstreamUnavailableError),
            (BUSY, UpstreamUnavailableError),
            (floods, UpstreamInvalidError),
            (says("SSH-2.0-OpenSSH_9.6\n\n"), UpstreamUnavailableError),
            (says("HTTP/1.1 200 OK\nContent-Length: two\n\n"), UpstreamUnavailableError),
            (says("HTTP/1.1 200 OK\nContent-Length: 9\n\nhalf"), UpstreamTimeoutError),
            (says("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nzz\n"), UpstreamUnavailableError),
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
    async def test_bad(self, manner: Manner, error: type[AppError]) -> None:
        began = monotonic()
        changes = HASTY if error is UpstreamTimeoutError else {}
        async with peer(manner) as bad, peer(OK) as good:
            async with upstream_of(bad.url, **changes) as broken, upstream_of(good.url) as other:
                with pytest.raises(error):
                    await broken.send("GET", "/")

                assert (await other.send("GET", "/")).text == "ok"
            assert len(bad.heads) == 1  # there was no budget yet
        assert monotonic() - began < 20

    async def test_nobody_there(self) -> None:
        async with peer(OK) as gone:
            url = gone.url

        async with upstream_of(url) as broken:
            with pytest.raises(UpstreamUnavailableError):
                await broken.send("GET", "/")

    async def test_hangs_up_on_what_never_ends(self) -> None:
        async with peer(floods) as bad, upstream_of(bad.url) as broken:
            with pytest.raises(UpstreamInvalidError):
                await broken.send("GET", "/")

            async with asyncio.timeout(10):
                await bad.left.wait()

    async def test_4xx_is_an_answer(self) -> None:
        gone = says("HTTP/1.1 410 Gone\nContent-Length: 0\n\n")
        async with peer(gone) as good, upstream_of(good.url) as other:
            assert (await other.send("GET", "/")).status_code == 410

    @pytest.mark.parametrize("text", ["", "[]", '{"name": 1}', "<html>", "\xff"])
    async def test_not_understood(self, text: str) -> None:
        length = len(text.encode())
        manner = says(f"HTTP/1.1 200 OK\nContent-Length: {length}\n\n{text}")
        async with peer(manner) as bad, upstream_of(bad.url) as broken:
            with pytest.raises(UpstreamInvalidError) as raised:
                await broken.get(Thing, "/")

        assert raised.value.code == "upstream_invalid"


class TestCallers:
    async def test_cookies_are_nobodys(self) -> None:
        sets = says("HTTP/1.1 200 OK\nSet-Cookie: who=ann; Path=/\nContent-Length: 2\n\nok")
        async with peer(sets) as other, upstream_of(other.url) as calls:
            for _ in range(2):
                await calls.send("GET", "/")

        assert len(other.heads) == 2
        assert other.header("cookie") == []

    async def test_request_id(self) -> None:
        async with peer(OK) as other, upstream_of(other.url) as calls:
            with structlog.contextvars.bound_contextvars(request_id="r-1"):
                await calls.send("GET", "/")
            await calls.send("GET", "/")

        assert other.header("x-request-id") == ["r-1"]

    async def test_proxy_variables(self, monkeypatch: pytest.MonkeyPatch) -> None:
        async with peer(OK) as proxy, peer(OK) as other:
            for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"):
                monkeypatch.setenv(name, proxy.url)
            async with upstream_of(other.url) as calls:
                await calls.send("GET", "/")

        assert (proxy.connections, other.connections) == (0, 1)

    async def test_cancelled(self) -> None:
        """Whoever leaves takes the call along."""
        async with peer(hangs) as bad, upstream_of(bad.url) as broken:
            call = asyncio.create_task(broken.send("GET", "/"))
            await bad.asked.wait()
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call

            assert not broken.breaker.is_open


class TestDeadline:
    async def test_callers_is_smaller(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A call ends before the request does, which so can say why."""
        monkeypatch.setattr(allowance, "MARGIN", 1)  # this machine may be busy
        patient = {"timeout": timedelta(minutes=1), "read_timeout": timedelta(minutes=1)}
        async with (
            peer(hangs) as bad,
            upstream_of(bad.url, **patient) as broken,
            with_time(1.3) as deadline,
        ):
            with pytest.raises(UpstreamTimeoutError):
                await broken.send("GET", "/")

            assert asyncio.get_running_loop().time() < deadline.ends

    async def test_nothing_left(self) -> None:
        async with peer(OK) as other, upstream_of(other.url) as calls, with_time(0):
            with pytest.raises(UpstreamTimeoutError):
                await calls.send("GET", "/")

        assert other.heads == []

    async def test_hurry_opens_no_breaker(self) -> None:
        async with peer(hangs) as bad, upstream_of(bad.url, breaker_failures=1, **HASTY) as broken:
            async with with_time(0.1):
                with pytest.raises(UpstreamTimeoutError):
                    await broken.send("GET", "/")
            assert not broken.breaker.is_open

            with pytest.raises(UpstreamTimeoutError):
                await broken.send("GET", "/")
            assert broken.breaker.is_open


class TestBreaker:
    async def test_opens_and_closes(self, monkeypatch: pytest.MonkeyPatch) -> None:
        changes = {"breaker_failures": 3, "breaker_pause": timedelta(minutes=5)}
        async with peer(FAILS) as other, upstream_of(other.url, **changes) as calls:
            with captured_log(breaker) as log:
                for _ in range(10):
                    with pytest.raises(UpstreamUnavailableError):
                        await calls.send("GET", "/")
                assert len(other.heads) == 3

                other.manner = OK
                monkeypatch.setattr(breaker, "monotonic", lambda: monotonic() + 300)
                assert (await calls.send("GET", "/")).text == "ok"

            assert [each["event"] for each in log] == ["breaker opened", "breaker closed"]

    async def test_says_when_to_come_back(self) -> None:
        async with peer(FAILS) as other, upstream_of(other.url, breaker_failures=1) as calls:
            with pytest.raises(UpstreamUnavailableError):
                await calls.send("GET", "/")
            with pytest.raises(UpstreamUnavailableError) as raised:
                await calls.send("GET", "/")

        assert raised.value.headers == {"Retry-After": "5"}

    async def test_pool_is_full(self) -> None:
        """What this service lacks says nothing about the other one, and is not waited for long."""
        wait = timedelta(seconds=1)
        changes = {"pool_size": 1, "breaker_failures": 1, "connect_timeout": wait}
        async with peer(hangs) as other, upstream_of(other.url, **changes) as calls:
            first = asyncio.create_task(calls.send("GET", "/"))
            await other.asked.wait()
            with pytest.raises(UpstreamTimeoutError):
                await calls.send("GET", "/")

            assert not calls.breaker.is_open
            first.cancel()
