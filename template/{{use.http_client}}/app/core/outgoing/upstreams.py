"""The ways out of the service."""

import logging
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Final

from httpx2 import (
    AsyncBaseTransport,
    AsyncClient,
    AsyncHTTPTransport,
    Limits,
    Timeout,
    create_ssl_context,
)

from app.config.outgoing import OutgoingSettings, UpstreamSettings
from app.config.settings import Settings
from app.core.outgoing.guard import GuardedTransport
from app.core.outgoing.public import PublicWeb
from app.core.outgoing.upstream import Upstream

Connect = Callable[[UpstreamSettings], AsyncBaseTransport]

HEADERS: Final = {"Accept-Encoding": "identity"}
"""What is compressed may be larger than anybody can hold."""


class Upstreams:
    """One client for each service that is called, for as long as this one runs."""

    def __init__(self, connect: Connect) -> None:
        self._connect = connect
        self._upstreams: dict[str, Upstream] = {}
        self._stack = AsyncExitStack()

    def to(self, settings: UpstreamSettings) -> Upstream:
        """Find the client of a service; whoever asks first makes it."""
        name = settings.upstream
        if name not in self._upstreams:
            client = open_client(settings, self._connect(settings))
            self._stack.push_async_callback(client.aclose)
            self._upstreams[name] = Upstream(settings, client)
        return self._upstreams[name]

    async def aclose(self) -> None:
        """Close all connections."""
        await self._stack.aclose()


def open_client(settings: OutgoingSettings, transport: AsyncBaseTransport) -> AsyncClient:
    """Make a client that keeps nothing of one caller for the next, and that no variable leads."""
    patience = settings.read_timeout.total_seconds()
    connecting = settings.connect_timeout.total_seconds()
    return AsyncClient(
        transport=transport,
        timeout=Timeout(patience, connect=connecting, pool=connecting),
        headers=HEADERS,
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        trust_env=False,
    )


def connect() -> Connect:
    """Read the certificates that are trusted, once for all connections."""
    context = create_ssl_context()
    return lambda settings: AsyncHTTPTransport(
        verify=context, trust_env=False, limits=pool(settings)
    )


def pool(settings: OutgoingSettings) -> Limits:
    """Bound the connections."""
    return Limits(max_connections=settings.pool_size, max_keepalive_connections=settings.pool_size)


@asynccontextmanager
async def outgoing_resource(settings: Settings) -> AsyncGenerator[Mapping[str, object]]:
    """Have the ways out while the service runs; nothing is connected before it is used."""
    logging.getLogger("httpx2").setLevel(logging.WARNING)  # it would write down queries
    upstreams = Upstreams(connect())
    public = settings.public_web
    transport = GuardedTransport(create_ssl_context(), pool(public))
    async with AsyncExitStack() as stack:
        stack.push_async_callback(upstreams.aclose)
        client = await stack.enter_async_context(open_client(public, transport))
        yield {"upstreams": upstreams, "public_web": PublicWeb(public, client)}
