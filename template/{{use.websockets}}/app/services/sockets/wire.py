"""What an open socket is to those who talk over it."""

from typing import Protocol


class Wire(Protocol):
    """A socket: both raise an error of the server's when its client has left."""

    async def receive(self) -> str | None:
        """Wait for a message; None for one that is no text."""
        ...

    async def send(self, text: str) -> None:
        """Send a message, once the client has taken those before it."""
        ...
