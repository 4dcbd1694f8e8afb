"""Where tasks are kept from the moment they are handed in."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import col, select

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
        row = OutboxMessage(
            task=message.task,
            arguments=json.dumps(message.arguments),
            context=json.dumps(message.context),
            created_at=utc_now(),
            due_at=due_at,
        )
        self.session.add(row)
        await self.session.flush()
        return replace(message, record_id=row.id)

    async def finish(self, record_id: int) -> bool:
        """Note that a task is done; whether it was not done before. Others wait meanwhile."""
        pending = select(OutboxMessage).where(
            col(OutboxMessage.id) == record_id, col(OutboxMessage.finished_at).is_(None)
        )
        row = (await self.session.exec(pending.with_for_update())).first()
        if row is None:
            return False
        row.finished_at, row.due_at = utc_now(), None
        return True

    async def give_up(self, record_id: int) -> None:
        """Do not publish it again."""
        given_up = update(OutboxMessage).where(col(OutboxMessage.id) == record_id)
        await self.session.exec(given_up.values(due_at=None))

    async def overdue(self, limit: int) -> Sequence[tuple[Message, datetime]]:
        """Read what should be done by now, the oldest first, and since when it waits."""
        late = select(OutboxMessage).where(col(OutboxMessage.due_at) <= utc_now())
        rows = await self.session.exec(late.order_by(col(OutboxMessage.due_at)).limit(limit))
        return [(to_message(row), row.created_at) for row in rows]

    async def postpone(self, messages: Sequence[Message], due_at: datetime) -> None:
        """Give what was published once more some time, unless it is done already."""
        ids = [message.record_id for message in messages]
        pending = update(OutboxMessage).where(
            col(OutboxMessage.id).in_(ids), col(OutboxMessage.finished_at).is_(None)
        )
        await self.session.exec(pending.values(due_at=due_at))

    async def purge(self, moment: datetime, limit: int) -> int:
        """Delete what was done before, ``limit`` of it; say how many these were.

        By key: a DELETE that searches locks what it passes, and may end in a deadlock.
        """
        old = select(col(OutboxMessage.id)).where(col(OutboxMessage.finished_at) < moment)
        ids = (await self.session.exec(old.order_by(col(OutboxMessage.id)).limit(limit))).all()
        await self.session.exec(delete(OutboxMessage).where(col(OutboxMessage.id).in_(ids)))
        return len(ids)


def to_message(row: OutboxMessage) -> Message:
    """Read what was stored."""
    return Message(row.task, tuple(json.loads(row.arguments)), json.loads(row.context), row.id)
