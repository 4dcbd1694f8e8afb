"""Answers are not kept for ever."""

from datetime import timedelta

import structlog

from app.models.utc import utc_now
from app.repositories.idempotency_key import IdempotencyKeyRepository
from app.tasks.task import task
from app.tasks.work import Work

log = structlog.stdlib.get_logger()


@task("idempotency_keys.purge", every=timedelta(hours=1))
async def purge_idempotency_keys(work: Work) -> None:
    """Delete the keys that have expired; from then on they are new again."""
    before = utc_now() - work.state["settings"].orders.idempotency_ttl
    number = await IdempotencyKeyRepository(work.session).purge(before)
    log.info("idempotency keys purged", number=number)
