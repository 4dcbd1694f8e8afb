"""The outbox is swept, and emptied of what is done."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import structlog

from app.core.tasks.message import Message
from app.models.utc import utc_now
from app.repositories.outbox import OutboxRepository
from app.tasks.task import task
from app.tasks.work import Work

SHORTEST_PAUSE: Final = timedelta(seconds=15)
LONGEST_PAUSE: Final = timedelta(hours=1)
"""How long what was swept may take before it is again."""
KEPT: Final = timedelta(days=7)
"""How long a task that is done can be looked up, and its message come again."""

SWEPT: Final = 500
PURGED: Final = 5000
"""How much is done at once."""

log = structlog.stdlib.get_logger()


@task("outbox.sweep", every=timedelta(seconds=10))
async def sweep_outbox(work: Work) -> None:
    """Publish what the broker did not take, or may have lost."""
    outbox = OutboxRepository(work.session)
    overdue = await outbox.overdue(SWEPT)
    if not overdue:
        return
    await work.state["publisher"].publish(*(message for message, _ in overdue))
    await postpone(outbox, overdue)
    log.info("outbox swept", number=len(overdue))
    if len(overdue) == SWEPT:
        await work.queue.send(sweep_outbox.call())


async def postpone(outbox: OutboxRepository, swept: Sequence[tuple[Message, datetime]]) -> None:
    """Give the broker and the workers some time again."""
    now, together = utc_now(), defaultdict[timedelta, list[Message]](list)
    for message, since in swept:
        together[pause_after(now - since)].append(message)
    for pause, messages in together.items():
        await outbox.postpone(messages, now + pause)


def pause_after(waited: timedelta) -> timedelta:
    """Give at least as much time again as a task has had, since the workers may just be busy."""
    pause = SHORTEST_PAUSE
    while pause < min(waited, LONGEST_PAUSE):
        pause *= 2
    return min(pause, LONGEST_PAUSE)


@task("outbox.purge", every=timedelta(minutes=1))
async def purge_outbox(work: Work) -> None:
    """Delete what was done long ago."""
    number = await OutboxRepository(work.session).purge(utc_now() - KEPT, PURGED)
    if number:
        log.info("outbox purged", number=number)
