"""Work that is of no use to anybody but its client."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from starlette.types import Receive

from app.core.deadline import CURRENT


@asynccontextmanager
async def for_its_client(receive: Receive) -> AsyncGenerator[None]:
    """End what is within when the client leaves, though its method would have it go on.

    The body has to be read before.
    """
    watch = asyncio.create_task(end_when_left(receive))
    try:
        yield
    finally:
        watch.cancel()


async def end_when_left(receive: Receive) -> None:
    """Wait until the client has left."""
    while (await receive())["type"] != "http.disconnect":
        pass
    if (deadline := CURRENT.get()) is not None:
        deadline.pass_by()
