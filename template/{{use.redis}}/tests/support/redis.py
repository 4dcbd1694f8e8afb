"""Redis for the tests."""

from collections.abc import AsyncGenerator, Generator, Mapping
from contextlib import asynccontextmanager, contextmanager
from uuid import uuid4

from app.core.lifespan import State
from app.core.redis_commands import Client
from tests.support.valkey import server


@contextmanager
def own_keys() -> Generator[Mapping[str, str]]:
    """Use names on the server that nobody else does."""
    with server() as url:
        yield {"REDIS_URL": url, "REDIS_PREFIX": f"test-{uuid4().hex}"}


@asynccontextmanager
async def forgotten(state: State) -> AsyncGenerator[None]:
    """Delete what a test has stored."""
    client, prefix = state["redis"], state["settings"].redis.prefix
    yield
    await delete(client, prefix)


async def delete(client: Client, prefix: str) -> None:
    """Delete all keys of a prefix."""
    async for key in client.scan_iter(f"{prefix}:*", count=1000):
        await client.delete(key)
