"""Connections to public addresses alone, checked where the connection is made."""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable
from typing import Final

from httpcore2 import (
    SOCKET_OPTION,
    AnyIOBackend,
    AsyncConnectionPool,
    AsyncNetworkBackend,
    AsyncNetworkStream,
    ConnectError,
)
from httpx2 import AsyncHTTPTransport, Limits

from app.core.outgoing.address import is_public
from app.core.outgoing.errors import UrlRefusedError

MOST_ADDRESSES: Final = 4
"""How many of a name's addresses are tried."""

LookUp = Callable[[str, int], Awaitable[list[str]]]


async def look_up(host: str, port: int) -> list[str]:
    """Find the addresses of a name, or of a number however it is written."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ConnectError("the name has no address") from error
    return [str(address[0]) for *_, address in found]


class GuardedBackend(AsyncNetworkBackend):
    """Looks a name up once, and connects to the very addresses that it has checked.

    So a name that changes between the look and the connection changes nothing, and each redirect
    is a connection of its own. A name with one address inside is refused with all of them.
    """

    def __init__(self, backend: AsyncNetworkBackend, look_up: LookUp) -> None:
        self._backend = backend
        self._look_up = look_up

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - so the interface has it
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> AsyncNetworkStream:
        """Connect, or raise UrlRefusedError; ``timeout`` is that of each address."""
        addresses = await self._look_up(host, port)
        if not addresses or not all(map(is_public, addresses)):
            raise UrlRefusedError("This URL does not lead to the public web.")
        *others, last = addresses[:MOST_ADDRESSES]
        for address in others:
            try:
                return await self._backend.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except ConnectError:
                continue
        return await self._backend.connect_tcp(last, port, timeout, local_address, socket_options)

    async def sleep(self, seconds: float) -> None:
        """Wait as the one behind it does."""
        await self._backend.sleep(seconds)


class GuardedTransport(AsyncHTTPTransport):
    """A transport whose connections are guarded; no proxy stands between it and an address."""

    def __init__(
        self,
        context: ssl.SSLContext,
        limits: Limits,
        backend: AsyncNetworkBackend | None = None,
        look_up: LookUp = look_up,
    ) -> None:
        super().__init__(verify=context, trust_env=False)
        # httpx2 has no parameter for the backend
        self._pool = AsyncConnectionPool(
            ssl_context=context,
            max_connections=limits.max_connections,
            max_keepalive_connections=limits.max_keepalive_connections,
            keepalive_expiry=limits.keepalive_expiry,
            network_backend=GuardedBackend(backend or AnyIOBackend(), look_up),
        )
