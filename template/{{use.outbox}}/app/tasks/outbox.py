"""The outbox is swept, and emptied of what is done."""

from datetime import timedelta
from typing import Final

import structlog

from app.repositories.outbox import OutboxRepository
from app.tasks.task import task
from app.tasks.work import Work

BATCH: Final = 500
KEPT: Final = timedelta(days=7)
"""How long a task that is done can be looked up, and its message come again."""

log = structlog.stdlib.get_logger()


@task("outbox.sweep", every=timedelta(seconds=10))
async def sweep_outbox(work: Work) -> None:
    """Publish what the broker did not take, or may have lost."""
    outbox = OutboxRepository(work.session)
    messages = await outbox.overdue(BATCH)
    if messages:
        await work.state["publisher"].publish(*messages)
        await outbox.postpone(messages)
        log.info("outbox swept", number=len(messages))


@task("outbox.purge", every=timedelta(hours=1))
async def purge_outbox(work: Work) -> None:
    """Delete what was done long ago."""
    number = await OutboxRepository(work.session).purge(KEPT)
    log.info("outbox purged", number=number)
