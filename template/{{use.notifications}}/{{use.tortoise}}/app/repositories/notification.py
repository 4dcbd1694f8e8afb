"""Where notifications are kept."""

from datetime import datetime

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from app.core.database.session import Session
from app.models.notification import Notification
from app.repositories.page import Listing
from app.schemas.notification import NotificationQuery
from app.schemas.page import Slice

LISTING = Listing(
    model=Notification,
    key="id",
    sorts={"created_at"},
    filters={"unread": "read_at__isnull"},
)


class NotificationRepository:
    """Queries on notifications, in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def add(self, recipient: str, kind: str, text: str) -> Notification:
        """Store a new one and give it its id."""
        return await Notification.create(
            using_db=self.session, recipient=recipient, kind=kind, text=text
        )

    async def get(self, notification_id: int) -> Notification | None:
        """Find one by its id."""
        return await self.rows.get_or_none(id=notification_id)

    async def list(self, recipient: str, query: NotificationQuery) -> Slice[Notification]:
        """Read one page of a recipient's."""
        return await LISTING.fetch(self.session, query, query.sort, Q(recipient=recipient))

    async def count_unread(self, recipient: str) -> int:
        """Count those that a recipient has not read."""
        return await self.rows.filter(recipient=recipient, read_at=None).count()

    async def mark_read(self, notification_id: int, moment: datetime) -> None:
        """Note when it was read, unless it was before."""
        await self.rows.filter(id=notification_id, read_at=None).update(read_at=moment)

    async def mark_all_read(self, recipient: str, up_to: int | None, moment: datetime) -> None:
        """Note when all of a recipient's were read, up to an id, if there is one."""
        unread = self.rows.filter(recipient=recipient, read_at=None)
        if up_to is not None:
            unread = unread.filter(id__lte=up_to)
        await unread.update(read_at=moment)

    async def purge(self, moment: datetime, limit: int) -> int:
        """Delete what was sent before, ``limit`` of it; say how many these were.

        By key: a DELETE that searches locks what it passes, and may end in a deadlock.
        """
        old = await self.rows.filter(created_at__lt=moment).order_by("id").limit(limit)
        await self.rows.filter(id__in=[row.id for row in old]).delete()
        return len(old)

    @property
    def rows(self) -> QuerySet[Notification]:
        """The table, in this transaction."""
        return Notification.all(using_db=self.session)
