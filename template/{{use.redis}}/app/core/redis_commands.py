"""What the service asks of Redis: redis-py has these commands, but says less about their types."""

from collections.abc import AsyncIterator, Awaitable, Sequence
from typing import Protocol

from redis.asyncio import ConnectionPool

Argument = str | bytes | int | float


class Script(Protocol):
    """A Lua script, which the server has or is sent."""

    def __call__(
        self, keys: Sequence[str] = (), args: Sequence[Argument] = ()
    ) -> Awaitable[object]:
        """Run it: all of it, or nothing, and nothing between."""
        ...


class Client(Protocol):
    """Commands that raise ``RedisError``, at once while Redis is away. What is read is bytes."""

    connection_pool: ConnectionPool

    def ping(self) -> Awaitable[bool]:
        """See whether it answers."""
        ...

    def get(self, name: str, /) -> Awaitable[bytes | None]:
        """Read a key."""
        ...

    def set(
        self, name: str, value: Argument, /, *, px: int, nx: bool = False
    ) -> Awaitable[bool | None]:
        """Write a key with a lifetime in milliseconds; with ``nx``, only one that is not there."""
        ...

    def pttl(self, name: str | bytes, /) -> Awaitable[int]:
        """Give the milliseconds that a key has left; less than 0 without a lifetime."""
        ...

    def delete(self, *names: str | bytes) -> Awaitable[int]:
        """Delete keys."""
        ...

    def scan_iter(self, match: str, count: int) -> AsyncIterator[bytes]:
        """Go through the names of keys."""
        ...

    def register_script(self, script: str, /) -> Script:
        """Prepare a script; nothing is sent yet."""
        ...

    def aclose(self) -> Awaitable[None]:
        """Close all connections."""
        ...
