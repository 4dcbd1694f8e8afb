"""Answers that take long: nothing that a request opens stays open meanwhile."""

from collections.abc import Awaitable, Callable

from starlette.responses import Response
from starlette.types import Receive, Scope, Send


class After(Response):
    """Does its work when all that the request has opened is closed again, and then answers."""

    def __init__(self, work: Callable[[], Awaitable[Response]]) -> None:
        super().__init__()
        self.work = work

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with what the work returns, or as for any error that it raises."""
        response = await self.work()
        await response(scope, receive, send)
