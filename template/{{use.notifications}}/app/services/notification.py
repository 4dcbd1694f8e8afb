"""What recipients do with their notifications."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.core.database.session import Database, transaction
from app.core.errors import NotFoundError
from app.models.notification import Notification
from app.models.utc import utc_now
from app.repositories.notification import NotificationRepository
from app.schemas.notification import NotificationQuery
from app.schemas.page import Slice

PURGED: Final = 1000
"""How many are deleted at once."""


@dataclass(frozen=True, slots=True)
class Inbox(Slice[Notification]):
    """A part of what a recipient was told, and how much of all they have not read."""

    unread: int


class NotificationService:
    """The notifications of one recipient: those of others are not found (OWASP API1:2023)."""

    def __init__(self, notifications: NotificationRepository, recipient: str) -> None:
        self.notifications = notifications
        self.recipient = recipient

    async def list(self, query: NotificationQuery) -> Inbox:
        """Read one page."""
        found = await self.notifications.list(self.recipient, query)
        unread = await self.notifications.count_unread(self.recipient)
        return Inbox(found.items, found.total, found.page, found.size, unread)

    async def get(self, notification_id: int) -> Notification:
        """Find one or raise NotFoundError."""
        found = await self.notifications.get(notification_id)
        if found is None or found.recipient != self.recipient:
            raise NotFoundError("There is no such notification.", code="notification_not_found")
        return found

    async def mark_read(self, notification_id: int) -> None:
        """Note that it was read; when it was first stays."""
        found = await self.get(notification_id)
        await self.notifications.mark_read(found.id, utc_now())

    async def mark_all_read(self, up_to: int | None) -> None:
        """Note that all were read, or those whose id is not above ``up_to``."""
        await self.notifications.mark_all_read(self.recipient, up_to, utc_now())


async def purge(database: Database, before: datetime) -> int:
    """Delete what is older, a part in each transaction; say how much that was."""
    total, number = 0, PURGED
    while number == PURGED:
        async with transaction(database) as session:
            number = await NotificationRepository(session).purge(before, PURGED)
        total += number
    return total
