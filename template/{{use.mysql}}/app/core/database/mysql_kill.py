"""An end to what nobody waits for: the server would go on with it, and keep its locks."""

# pyright: reportUnknownMemberType=false
# asyncmy has types for only a part of what it has

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

import asyncmy
import asyncmy.errors


class Killer:
    """Has the server end connections, beside whatever goes on here."""

    def __init__(self, connect: Callable[[], Awaitable[asyncmy.Connection]]) -> None:
        self.connect = connect
        self.tasks: set[asyncio.Task[None]] = set()

    def kill(self, connection: asyncmy.Connection) -> None:
        """End one that was given up in the middle of a statement."""
        task = asyncio.get_running_loop().create_task(self.ask(connection.thread_id()))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def ask(self, thread_id: int) -> None:
        """Ask for it; a server that is not reached, or has ended it already, is not asked again."""
        with suppress(OSError, RuntimeError, asyncmy.errors.MySQLError):
            connection = await self.connect()
            try:
                await connection.query(f"KILL {thread_id}")
            finally:
                connection.close()
