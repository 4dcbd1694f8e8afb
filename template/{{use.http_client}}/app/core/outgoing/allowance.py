"""The time that a call may take: its own, but no more than its caller has left."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from math import inf
from typing import Self

from app.core.deadline import CURRENT
from app.core.outgoing.errors import FailedAttempt, UpstreamTimeoutError

MARGIN = 0.05
"""Seconds that a request needs to be answered after a call was given up."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """A moment of the loop's clock. ``is_short``: it is the caller's, who has less than a call."""

    end: float
    is_short: bool

    @classmethod
    def of(cls, limit: timedelta) -> Self:
        """Give a call its time, which begins now."""
        deadline = CURRENT.get()
        callers = inf if deadline is None else deadline.ends - MARGIN
        own = asyncio.get_running_loop().time() + limit.total_seconds()
        return cls(min(own, callers), callers < own)

    @classmethod
    def for_stream(cls, limit: timedelta) -> Self:
        """Give a stream its time: that it takes longer is nobody's fault."""
        return cls(asyncio.get_running_loop().time() + limit.total_seconds(), is_short=True)

    def left(self) -> float:
        """Say how many seconds are left."""
        return self.end - asyncio.get_running_loop().time()

    @asynccontextmanager
    async def limited(self) -> AsyncGenerator[None]:
        """Cut short what takes longer, by FailedAttempt; a caller in a hurry blames nobody."""
        try:
            async with asyncio.timeout_at(self.end):
                yield
        except TimeoutError as error:
            told = UpstreamTimeoutError("What was asked elsewhere took too long.")
            raise FailedAttempt(told, "timeout", is_theirs=not self.is_short) from error
