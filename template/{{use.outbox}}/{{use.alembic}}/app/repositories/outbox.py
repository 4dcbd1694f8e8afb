"""Where tasks are kept from the moment they are handed in."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final, cast

from sqlalchemy import CursorResult, UpdateBase, delete, insert, select, update

from app.core.database import Session, database_errors
from app.core.message import Message
from app.models import Base
from app.models.utc import utc_now

OUTBOX: Final = Base.metadata.tables["outbox"]

PATIENCE: Final = timedelta(seconds=15)
"""How long the broker and a worker have before a task is published again."""
LONG_PATIENCE: Final = timedelta(hours=1)
"""How long they have from then on, as they may just be busy."""


class OutboxRepository:
    """Queries on the outbox, in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def add(self, message: Message) -> Message:
        """Store a task and give it its id."""
        now = utc_now()
        statement = insert(OUTBOX).values(
            task=message.task,
            arguments=json.dumps(message.arguments),
            context=json.dumps(message.context),
            created_at=now,
            due_at=now + PATIENCE,
        )
        (record_id,) = (await self.execute(statement)).inserted_primary_key or (None,)
        return replace(message, record_id=record_id)

    async def finish(self, record_id: int) -> bool:
        """Note that a task is done; whether it was not done before. Others wait meanwhile."""
        pending = update(OUTBOX).where(OUTBOX.c.id == record_id, OUTBOX.c.finished_at.is_(None))
        done = await self.execute(pending.values(finished_at=utc_now(), due_at=None))
        return done.rowcount == 1

    async def give_up(self, record_id: int) -> None:
        """Do not publish it again."""
        await self.execute(update(OUTBOX).where(OUTBOX.c.id == record_id).values(due_at=None))

    async def overdue(self, limit: int) -> Sequence[Message]:
        """Read what should be done by now, the oldest first."""
        statement = select(OUTBOX).where(OUTBOX.c.due_at <= utc_now()).order_by(OUTBOX.c.due_at)
        result = await self.session.execute(statement.limit(limit))
        return [
            Message(row.task, tuple(json.loads(row.arguments)), json.loads(row.context), row.id)
            for row in result
        ]

    async def postpone(self, messages: Sequence[Message]) -> None:
        """Give what was published once more some time, unless it is done already."""
        ids = [message.record_id for message in messages]
        pending = update(OUTBOX).where(OUTBOX.c.id.in_(ids), OUTBOX.c.finished_at.is_(None))
        await self.execute(pending.values(due_at=utc_now() + LONG_PATIENCE))

    async def purge(self, age: timedelta) -> int:
        """Delete what was done so long ago; say how many these were."""
        old = delete(OUTBOX).where(OUTBOX.c.finished_at < utc_now() - age)
        return (await self.execute(old)).rowcount

    async def execute(self, statement: UpdateBase) -> CursorResult[int]:
        """Change something; the result counts the rows, and names the key of a new one."""
        with database_errors():
            return cast("CursorResult[int]", await self.session.execute(statement))
