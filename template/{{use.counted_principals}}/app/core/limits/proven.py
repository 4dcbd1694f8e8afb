"""Whose a credential was found to be a moment ago, so that not each request proves it twice."""

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from hashlib import sha256
from time import monotonic
from typing import Final

from app.config.settings import Settings

MOST: Final = 10_000
SECONDS: Final = 60


class Proven:
    """Keeps digests of credentials for ``SECONDS``, and not more than ``MOST``: the oldest go.

    It opens nothing: it says only whose limit counts.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self.clock = clock
        self.owners: dict[bytes, tuple[str, float]] = {}

    def owner(self, credential: str) -> str | None:
        """Say whose it is, if that is known."""
        subject, end = self.owners.get(digest(credential), (None, 0.0))
        return subject if end > self.clock() else None

    def note(self, credential: str, subject: str) -> None:
        """Remember whose it is."""
        self.owners.pop(digest(credential), None)
        if len(self.owners) >= MOST:
            del self.owners[next(iter(self.owners))]
        self.owners[digest(credential)] = subject, self.clock() + SECONDS


def digest(credential: str) -> bytes:
    """Keep no secret in memory for longer than its request."""
    return sha256(credential.encode()).digest()


@asynccontextmanager
async def proven_resource(_: Settings) -> AsyncGenerator[Mapping[str, Proven]]:
    """Remember for as long as the service runs."""
    yield {"proven": Proven()}
