"""Where tasks are kept from the moment they are handed in."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from tortoise.queryset import QuerySet

from app.core.database.session import Session
from app.core.tasks.message import Message
from app.models.outbox import OutboxMessage
from app.models.utc import utc_now


class OutboxRepository:
    """Queries on the outbox, in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def add(self, message: Message, due_at: datetime) -> Message:
        """Store a task and give it its id."""
        row = await OutboxMessage.create(
            using_db=self.session,
            task=message.task,
            arguments=json.dumps(message.arguments),
            context=json.dumps(message.context),
            created_at=utc_now(),
            due_at=due_at,
        )
        return replace(message, record_id=row.id)

    async def finish(self, record_id: int) -> bool:
        """Note that a task is done; whether it was not done before. Others wait meanwhile."""
        pending = self.rows.filter(id=record_id, finished_at=None)
        return await pending.update(finished_at=utc_now(), due_at=None) == 1

    async def give_up(self, record_id: int) -> None:
        """Do not publish it again."""
        await self.rows.filter(id=record_id).update(due_at=None)

    async def overdue(self, limit: int) -> Sequence[tuple[Message, datetime]]:
        """Read what should be done by now, the oldest first, and since when it waits."""
        late = self.rows.filter(due_at__lte=utc_now()).order_by("due_at")
        return [(to_message(row), row.created_at) for row in await late.limit(limit)]

    async def postpone(self, messages: Sequence[Message], due_at: datetime) -> None:
        """Give what was published once more some time, unless it is done already."""
        ids = [message.record_id for message in messages]
        await self.rows.filter(id__in=ids, finished_at=None).update(due_at=due_at)

    async def purge(self, moment: datetime, limit: int) -> int:
        """Delete what was done before, ``limit`` of it; say how many these were.

        By key: a DELETE that searches locks what it passes, and may end in a deadlock.
        """
        old = await self.rows.filter(finished_at__lt=moment).order_by("id").limit(limit)
        await self.rows.filter(id__in=[row.id for row in old]).delete()
        return len(old)

    @property
    def rows(self) -> QuerySet[OutboxMessage]:
        """The table, in this transaction."""
        return OutboxMessage.all(using_db=self.session)


def to_message(row: OutboxMessage) -> Message:
    """Read what was stored."""
    return Message(row.task, tuple(json.loads(row.arguments)), json.loads(row.context), row.id)
