"""An answer that is read as it comes."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass

import structlog
from httpx2 import Response

from app.core.outgoing.allowance import Allowance
from app.core.outgoing.breaker import Breaker
from app.core.outgoing.errors import FailedAttempt
from app.core.outgoing.fetching import failed_attempts, invalid

log = structlog.stdlib.get_logger()


@dataclass(frozen=True, slots=True)
class Streamed:
    """The rest of an answer: ``most`` bytes at the most, within its own ``allowance``.

    Nothing is read ahead, so whoever reads slowly slows the other side down.
    """

    response: Response
    breaker: Breaker
    allowance: Allowance
    most: int

    async def lines(self) -> AsyncGenerator[bytes]:
        """Give each line, without its end, when it is complete; and what is left in the end.

        Raises UpstreamUnavailableError, UpstreamInvalidError or UpstreamTimeoutError.
        """
        rest = b""
        async for piece in self.pieces():
            *lines, rest = (rest + piece).split(b"\n")
            for line in lines:
                yield line
        if rest:
            yield rest

    async def pieces(self) -> AsyncGenerator[bytes]:
        """Give what has come; that it breaks off counts as a failure of the other side."""
        raw = self.response.aiter_raw()
        left = self.most
        try:
            with self.breaker.going_on():
                while piece := await self.next(raw):
                    left -= len(piece)
                    if left < 0:
                        raise invalid("too large")
                    yield piece
        except FailedAttempt as failed:
            log.warning("answer broke off", reason=failed.reason)
            raise failed.error from failed

    async def next(self, raw: AsyncGenerator[bytes]) -> bytes:
        """Wait for more, of which there is none in the end."""
        async with self.allowance.limited():
            with failed_attempts():
                return await anext(raw, b"")
