"""app.core.outgoing.upstream: what is tried again, and how often."""

import asyncio
from datetime import timedelta
from time import monotonic

import pytest
from pydantic import BaseModel

from app.core.outgoing.errors import UpstreamUnavailableError
from app.core.outgoing.upstream import Upstream
from tests.support.peer import BUSY, FAILS, OK, Manner, Peer, peer, resets, says, upstream_of

NEVER = {"breaker_failures": 1000}


class Thing(BaseModel):
    """Something that is sent."""

    name: str


def in_turn(*manners: Manner) -> Manner:
    """Answer differently each time, and in the end always the same."""
    left = list(manners)

    async def manner(peer: Peer, writer: asyncio.StreamWriter) -> None:
        now = left.pop(0) if len(left) > 1 else left[0]
        await now(peer, writer)

    return manner


class TestRepeated:
    async def saved(self, calls: Upstream, other: Peer, manner: Manner) -> None:
        """Have ten good calls, which pay for a repetition."""
        for _ in range(10):
            await calls.send("GET", "/")
        other.manner = manner
        other.heads.clear()

    @pytest.mark.parametrize("manner", [BUSY, resets])
    @pytest.mark.parametrize(
        ("method", "is_repeatable", "times"),
        [
            ("GET", False, 2),
            ("PUT", False, 2),
            ("DELETE", False, 2),
            ("POST", False, 1),
            ("PATCH", False, 1),
            ("POST", True, 2),
        ],
    )
    async def test_what_may_be(
        self, manner: Manner, method: str, times: int, *, is_repeatable: bool
    ) -> None:
        async with peer(OK) as other, upstream_of(other.url) as calls:
            await self.saved(calls, other, in_turn(manner, OK))
            try:
                answer = await calls.send(method, "/", is_repeatable=is_repeatable)
            except UpstreamUnavailableError:
                assert times == 1
            else:
                assert (answer.text, times) == ("ok", 2)

            assert len(other.heads) == times

    async def test_body_is_sent_again(self) -> None:
        async with peer(OK) as other, upstream_of(other.url) as calls:
            await self.saved(calls, other, in_turn(resets, OK))

            await calls.send("PUT", "/", body=Thing(name="a"))

            assert other.header("content-length") == ["12", "12"]

    async def test_failure_is_not(self) -> None:
        async with peer(OK) as other, upstream_of(other.url) as calls:
            await self.saved(calls, other, FAILS)
            with pytest.raises(UpstreamUnavailableError):
                await calls.send("GET", "/")

            assert len(other.heads) == 1

    async def test_asks_for_a_time(self) -> None:
        later = says("HTTP/1.1 429 Slow\nRetry-After: 1\nContent-Length: 0\n\n")
        async with (
            peer(OK) as other,
            upstream_of(other.url, timeout=timedelta(seconds=20)) as calls,
        ):
            await self.saved(calls, other, in_turn(later, OK))
            began = monotonic()

            assert (await calls.send("GET", "/")).text == "ok"
            assert monotonic() - began >= 1

    async def test_asks_for_too_long(self) -> None:
        later = says("HTTP/1.1 503 Later\nRetry-After: 3600\nContent-Length: 0\n\n")
        async with peer(OK) as other, upstream_of(other.url) as calls:
            await self.saved(calls, other, later)
            with pytest.raises(UpstreamUnavailableError):
                await calls.send("GET", "/")

            assert len(other.heads) == 1

    async def test_storm(self) -> None:
        """What is down sees a tenth more calls than were made, however many make them."""
        async with peer(BUSY) as bad, upstream_of(bad.url, **NEVER) as broken:
            for _ in range(10):
                calls = [broken.send("GET", "/") for _ in range(20)]
                results = await asyncio.gather(*calls, return_exceptions=True)
                assert all(isinstance(each, UpstreamUnavailableError) for each in results)

        assert 200 < len(bad.heads) <= 220
