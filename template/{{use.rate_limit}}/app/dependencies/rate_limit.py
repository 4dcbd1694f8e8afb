"""Limits of a route, beside the one that all routes share."""

import re
from dataclasses import dataclass
from typing import Final, cast

from fastapi import Depends, params
from starlette.requests import HTTPConnection

from app.config.rate_limit import Window, read_windows
from app.core.limits.limit import Limit
from app.core.limits.quota import DEFAULT, Quota

NAME: Final = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class RouteLimit:
    """What each caller has of a route, and what a request costs there."""

    limit: Limit
    cost: int

    async def __call__(self, connection: HTTPConnection) -> None:
        """Take it, or raise RateLimitedError; a socket is not counted."""
        quota: Quota | None = connection.scope["state"].get("quota")
        if quota is not None:
            await quota.go_on(self.limit, self.cost)


def limit(name: str, rate: str, *, cost: int = 1) -> params.Depends:
    """Limit a route to ``rate``, such as ``10/minute;100/day``; routes of one name share it.

    A request also takes ``cost`` of what all routes share.
    """
    if name == DEFAULT or not NAME.fullmatch(name):
        raise ValueError(f"{name!r} names no limit: use lower-case letters, digits and hyphens")
    windows = cast("tuple[Window, ...]", read_windows(rate))
    if not 1 <= cost <= min(window.amount for window in windows):
        raise ValueError(f"{name} could never be asked for: a request costs {cost} of {rate}")
    return Depends(RouteLimit(Limit(name, windows), cost))


def costs(cost: int) -> params.Depends:
    """Have a request take more than 1 of what all routes share, or all that a window has."""
    return Depends(RouteLimit(Limit("cost", ()), cost))
