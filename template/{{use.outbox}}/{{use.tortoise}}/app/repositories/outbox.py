"""Where tasks are kept from the moment they are handed in."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from app.core.database import Session, database_errors
from app.core.message import Message
from app.models.outbox import OutboxMessage
from app.models.utc import utc_now

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
        with database_errors():
            row = await OutboxMessage.create(
                using_db=self.session,
                task=message.task,
                arguments=json.dumps(message.arguments),
                context=json.dumps(message.context),
                created_at=now,
                due_at=now + PATIENCE,
            )
        return replace(message, record_id=row.id)

    async def finish(self, record_id: int) -> bool:
        """Note that a task is done; whether it was not done before. Others wait meanwhile."""
        pending = OutboxMessage.filter(id=record_id, finished_at=None).using_db(self.session)
        with database_errors():
            return await pending.update(finished_at=utc_now(), due_at=None) == 1

    async def give_up(self, record_id: int) -> None:
        """Do not publish it again."""
        with database_errors():
            await OutboxMessage.filter(id=record_id).using_db(self.session).update(due_at=None)

    async def overdue(self, limit: int) -> Sequence[Message]:
        """Read what should be done by now, the oldest first."""
        late = OutboxMessage.filter(due_at__lte=utc_now()).using_db(self.session)
        return [
            Message(row.task, tuple(json.loads(row.arguments)), json.loads(row.context), row.id)
            for row in await late.order_by("due_at").limit(limit)
        ]

    async def postpone(self, messages: Sequence[Message]) -> None:
        """Give what was published once more some time, unless it is done already."""
        ids = [message.record_id for message in messages]
        pending = OutboxMessage.filter(id__in=ids, finished_at=None).using_db(self.session)
        with database_errors():
            await pending.update(due_at=utc_now() + LONG_PATIENCE)

    async def purge(self, age: timedelta) -> int:
        """Delete what was done so long ago; say how many these were."""
        old = OutboxMessage.filter(finished_at__lt=utc_now() - age).using_db(self.session)
        with database_errors():
            return await old.delete()
