"""Answers that are sent as they are stored."""

import re

from starlette.types import ASGIApp, Receive, Scope, Send


class UncompressedMiddleware:
    """Have no answer compressed where ``path`` matches: its length and its ranges would be lost."""

    def __init__(self, app: ASGIApp, path: re.Pattern[str]) -> None:
        self.app = app
        self.path = path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Forget what the client could unpack."""
        if scope["type"] == "http" and self.path.search(scope["path"]):
            fields = [field for field in scope["headers"] if field[0] != b"accept-encoding"]
            scope = {**scope, "headers": fields}
        await self.app(scope, receive, send)
