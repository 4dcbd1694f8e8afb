"""A mailbox in place of the mailer: what a test has made the service send."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from app.core.lifespan import State
from app.core.mail.message import Mail


class Mailbox(list[Mail]):
    """A mailer that keeps each mail, the oldest first."""

    async def send(self, mail: Mail) -> None:
        """Keep it."""
        self.append(mail)

    def to(self, address: str) -> list[Mail]:
        """Find what was sent to one reader."""
        return [mail for mail in self if mail.to == address]


@asynccontextmanager
async def mailbox_instead(state: State) -> AsyncGenerator[None]:
    """Give each test an empty mailbox."""
    state["mailer"] = Mailbox()
    yield
