"""Notifications of tasks, and the end of old ones."""

from datetime import timedelta
from typing import Final

import structlog

from app.core.live.publisher import Publisher
from app.dependencies.live import window_of
from app.models.utc import utc_now
from app.repositories.notification import NotificationRepository
from app.services.notifier import say
from app.tasks.task import task
from app.tasks.work import Work

PURGED: Final = 5000
"""How many are deleted at once."""

log = structlog.stdlib.get_logger()


async def notify(work: Work, recipient: str, kind: str, text: str) -> None:
    """Have a task notify somebody, who is told once the task's transaction is committed."""
    notification = await NotificationRepository(work.session).add(recipient, kind, text)
    await work.queue.send(tell.call(notification.id))


@task("notifications.tell")
async def tell(work: Work, notification_id: int) -> None:
    """Tell the recipient's listeners; while Redis is away, it is tried again."""
    notification = await NotificationRepository(work.session).get(notification_id)
    if notification is not None:
        await say(Publisher(window_of(work.state)), notification)


@task("notifications.purge", every=timedelta(minutes=10))
async def purge_notifications(work: Work) -> None:
    """Delete what is older than NOTIFICATIONS_KEEP_DAYS."""
    before = utc_now() - work.state["settings"].notifications.kept
    number = await NotificationRepository(work.session).purge(before, PURGED)
    if number:
        log.info("notifications purged", number=number)
