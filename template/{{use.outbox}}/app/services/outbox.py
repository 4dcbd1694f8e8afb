"""Tasks are handed in with the transaction: they are sent if, and only if, it is committed."""

from datetime import timedelta
from typing import Final

import structlog

from app.core.errors import UnavailableError
from app.core.tasks.message import Message
from app.core.tasks.publisher import Publisher
from app.models.utc import utc_now
from app.repositories.outbox import OutboxRepository

PATIENCE: Final = timedelta(seconds=15)
"""How long the broker and a worker have before a task is published again."""

log = structlog.stdlib.get_logger()


class Outbox:
    """The tasks of one transaction."""

    def __init__(self, messages: OutboxRepository, publisher: Publisher) -> None:
        self.messages = messages
        self.publisher = publisher
        self.pending: list[Message] = []

    async def send(self, message: Message) -> None:
        """Store a task beside what else the transaction changes."""
        due_at = utc_now() + PATIENCE
        self.pending.append(await self.messages.add(message, due_at))

    async def relay(self) -> None:
        """Publish, after the commit. What the broker does not take is left to the sweep."""
        if not self.pending:
            return
        try:
            await self.publisher.publish(*self.pending)
        except UnavailableError:
            log.info("tasks wait in the outbox", number=len(self.pending))
