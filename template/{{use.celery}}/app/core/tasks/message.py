"""What is sent to a worker."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

Argument = int | str
"""Ids, never objects: what a task works on is read when it runs."""


@dataclass(frozen=True, slots=True)
class Message:
    """A call of a task, with the log context of who made it."""

    task: str
    arguments: tuple[Argument, ...]
    context: Mapping[str, str] = field(default_factory=dict[str, str])
    record_id: int | None = None

    @property
    def headers(self) -> dict[str, object]:
        """Give what travels beside the arguments."""
        return {"context": dict(self.context), "record_id": self.record_id}


class TaskQueue(Protocol):
    """Where tasks are handed in."""

    async def send(self, message: Message) -> None:
        """Have a task run by a worker: ``await queue.send(confirm_order.call(order.id))``."""
        ...
