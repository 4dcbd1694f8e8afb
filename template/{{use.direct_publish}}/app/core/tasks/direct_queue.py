"""Tasks are handed to the broker at once."""

from app.core.tasks.message import Message
from app.core.tasks.publisher import Publisher


class DirectQueue:
    """A queue that has a task as soon as ``send`` returns."""

    def __init__(self, publisher: Publisher) -> None:
        self.publisher = publisher

    async def send(self, message: Message) -> None:
        """Raise UnavailableError when the broker does not take it: then it may run, or not."""
        await self.publisher.publish(message)
