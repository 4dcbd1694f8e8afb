"""Notifications are stored with the transaction, and said if, and only if, it is committed."""

from typing import Final

import structlog

from app.core.database.session import Session
from app.core.errors import NotFoundError, UnavailableError
from app.core.live.event import own
from app.core.live.publisher import Publisher
from app.models.notification import Notification
from app.repositories.notification import NotificationRepository
from app.schemas.notification import NotificationRead, NotificationSend
from app.services.recipient import is_known

NAME: Final = "notification"
"""What the event is called on a stream."""

log = structlog.stdlib.get_logger()


class Notifier:
    """The notifications of one transaction."""

    def __init__(self, session: Session, publisher: Publisher) -> None:
        self.session = session
        self.publisher = publisher
        self.pending: list[Notification] = []

    async def send(self, recipient: str, kind: str, text: str) -> Notification:
        """Store one beside what else the transaction changes; ``recipient`` is a subject."""
        notifications = NotificationRepository(self.session)
        notification = await notifications.add(recipient, kind, text)
        self.pending.append(notification)
        return notification

    async def write(self, body: NotificationSend) -> Notification:
        """Send what an administrator wrote, or raise NotFoundError."""
        if not await is_known(body.recipient, self.session):
            raise NotFoundError("There is nobody of that name.", code="recipient_not_found")
        return await self.send(body.recipient, body.kind, body.text)

    async def tell(self) -> None:
        """Say them, after the commit. Whoever cannot be told finds them in the list."""
        try:
            for notification in self.pending:
                await say(self.publisher, notification)
        except UnavailableError:
            log.warning("notifications not said", number=len(self.pending))


async def say(publisher: Publisher, notification: Notification) -> None:
    """Tell its recipient's listeners, in all processes, or raise UnavailableError."""
    body = NotificationRead.model_validate(notification)
    await publisher.publish(own(notification.recipient), NAME, body)
