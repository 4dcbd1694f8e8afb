"""The end of a pool, which must not be the end of the service's patience."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import structlog

log = structlog.stdlib.get_logger()

PATIENCE: Final = 5.0
"""Seconds for all connections together."""


async def close_in_time(close: Callable[[], Awaitable[object]]) -> None:
    """Take leave of the database; one that does not answer is left, as the process ends anyway."""
    try:
        async with asyncio.timeout(PATIENCE):
            await close()
    except TimeoutError:
        log.warning("database connections left behind")
