"""Where notifications are kept."""

from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import col, func, select

from app.core.database.session import Session
from app.models.notification import Notification
from app.repositories.page import Listing
from app.schemas.notification import NotificationQuery
from app.schemas.page import Slice

IS_UNREAD = col(Notification.read_at).is_(None)
LISTING = Listing(
    model=Notification,
    key=col(Notification.id),
    sorts={"created_at": col(Notification.created_at)},
    filters={"unread": lambda wanted: IS_UNREAD if wanted else ~IS_UNREAD},
)


class NotificationRepository:
    """Queries on notifications, in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def add(self, recipient: str, kind: str, text: str) -> Notification:
        """Store a new one and give it its id."""
        notification = Notification(recipient=recipient, kind=kind, text=text)
        self.session.add(notification)
        await self.session.flush()
        return notification

    async def get(self, notification_id: int) -> Notification | None:
        """Find one by its id."""
        return await self.session.get(Notification, notification_id)

    async def list(self, recipient: str, query: NotificationQuery) -> Slice[Notification]:
        """Read one page of a recipient's."""
        own = col(Notification.recipient) == recipient
        return await LISTING.fetch(self.session, query, query.sort, own)

    async def count_unread(self, recipient: str) -> int:
        """Count those that a recipient has not read."""
        count = select(func.count()).select_from(Notification)
        unread = count.where(col(Notification.recipient) == recipient, IS_UNREAD)
        return (await self.session.exec(unread)).one()

    async def mark_read(self, notification_id: int, moment: datetime) -> None:
        """Note when it was read, unless it was before."""
        unread = update(Notification).where(col(Notification.id) == notification_id, IS_UNREAD)
        await self.session.exec(unread.values(read_at=moment))

    async def mark_all_read(self, recipient: str, up_to: int | None, moment: datetime) -> None:
        """Note when all of a recipient's were read, up to an id, if there is one."""
        unread = update(Notification).where(col(Notification.recipient) == recipient, IS_UNREAD)
        if up_to is not None:
            unread = unread.where(col(Notification.id) <= up_to)
        await self.session.exec(unread.values(read_at=moment))

    async def purge(self, moment: datetime, limit: int) -> int:
        """Delete what was sent before, ``limit`` of it; say how many these were.

        By key: a DELETE that searches locks what it passes, and may end in a deadlock.
        """
        old = select(col(Notification.id)).where(col(Notification.created_at) < moment)
        ids = (await self.session.exec(old.order_by(col(Notification.id)).limit(limit))).all()
        await self.session.exec(delete(Notification).where(col(Notification.id).in_(ids)))
        return len(ids)
