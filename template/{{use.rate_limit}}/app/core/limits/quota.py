"""What one request takes of its caller's limits.

AppError
└── RateLimitedError  429
"""

from collections.abc import Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import Final

from app.core.errors import AppError
from app.core.limits.limit import Charge, Counter, Limit, Place, Standing, Verdict
from app.core.limits.limiter import Limiter

DEFAULT: Final = "default"
"""The name of the limit that all routes share."""


class RateLimitedError(AppError):
    """The caller has asked for too much (RFC 6585, section 4)."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    code = "rate_limited"

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Too many requests: try again in {seconds} seconds.")
        self.headers = {"Retry-After": str(seconds)}


class Quota:
    """Takes what a request costs, by and by; one that is refused in the end costs nothing."""

    def __init__(self, limiter: Limiter, shared: Counter, caller: str, default: Limit) -> None:
        self.limiter = limiter
        self.shared = shared
        self.caller = caller
        self.default = default
        self.taken: list[tuple[Sequence[Charge], Verdict]] = []
        self.standings: dict[Place, Standing] = {}

    async def begin(self) -> None:
        """Take what any request costs, or raise RateLimitedError."""
        await self.take(self.default.charges(1))

    async def go_on(self, limit: Limit, cost: int) -> None:
        """Take what a route costs, and what it costs beyond that, or raise RateLimitedError."""
        await self.take([*self.default.charges(cost, paid=1), *limit.charges(cost)])

    async def take(self, charges: Sequence[Charge]) -> None:
        """Take of all windows, or give back what was taken before."""
        verdict = await self.limiter.take(self.shared, self.caller, charges)
        pairs = list(zip(charges, verdict.standings, strict=True))
        self.standings.update((charge.place, standing) for charge, standing in pairs)
        if not verdict.is_admitted:
            await self.give_back()
            full = (standing for charge, standing in pairs if charge.lacks(standing))
            raise RateLimitedError(max(standing.seconds for standing in full))
        self.taken.append((charges, verdict))

    async def give_back(self) -> None:
        """Undo all that was taken."""
        for charges, verdict in self.taken:
            await self.limiter.give_back(self.caller, charges, verdict)
            for charge in charges:
                standing = self.standings[charge.place]
                self.standings[charge.place] = replace(standing, used=standing.used - charge.cost)
        self.taken.clear()

    def fields(self) -> list[tuple[bytes, bytes]]:
        """Tell the client where it stands (draft-ietf-httpapi-ratelimit-headers-11)."""
        policies = (
            f'"{name}";q={window.amount};w={window.seconds}' for name, window in self.standings
        )
        limits = (
            f'"{name}";r={window.amount - standing.used};t={standing.seconds}'
            for (name, window), standing in self.standings.items()
        )
        return [
            (b"ratelimit-policy", ", ".join(policies).encode()),
            (b"ratelimit", ", ".join(limits).encode()),
        ]
