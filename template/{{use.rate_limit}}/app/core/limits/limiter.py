"""Shared counts, or those of this process while there are none."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress

import structlog
from redis.exceptions import RedisError

from app.config.settings import Settings
from app.core.limits.limit import Charge, Counter, Verdict
from app.core.limits.local import LocalCounter

log = structlog.stdlib.get_logger()


class Limiter:
    """Has requests counted together or, while Redis is away, by this process; each is said once.

    Nobody waits for Redis in vain: its client refuses at once while it is away.
    """

    def __init__(self, local: Counter) -> None:
        self.local = local
        self.is_alone = False

    async def take(self, shared: Counter, caller: str, charges: Sequence[Charge]) -> Verdict:
        """Take of all windows or, when one of them has too little left, of none."""
        try:
            verdict = await shared.take(caller, charges)
        except RedisError as error:
            self.part(error)
            return await self.local.take(caller, charges)
        self.join()
        return verdict

    async def give_back(self, caller: str, charges: Sequence[Charge], verdict: Verdict) -> None:
        """Undo what was taken; while Redis is away, the end of the window does."""
        with suppress(RedisError):
            await verdict.counter.give_back(caller, charges, verdict.standings)

    def part(self, error: RedisError) -> None:
        """Say that each process counts for itself from now on."""
        if not self.is_alone:
            log.warning("rate limits counted by each process", reason=str(error))
        self.is_alone = True

    def join(self) -> None:
        """Say that this is over."""
        if self.is_alone:
            log.info("rate limits counted together")
        self.is_alone = False


@asynccontextmanager
async def limiter_resource(_: Settings) -> AsyncGenerator[Mapping[str, Limiter]]:
    """Keep the counts of this process for as long as it runs."""
    yield {"limiter": Limiter(LocalCounter())}
