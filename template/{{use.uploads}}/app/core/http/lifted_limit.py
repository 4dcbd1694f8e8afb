"""A limit of its own on the size of what one route takes."""

from starlette.middleware import Middleware
from starlette.types import ASGIApp, Receive, Scope, Send

from app.core.http.body_limit import BodyLimitMiddleware


class LiftedLimitMiddleware:
    """Limit bodies as ``usual`` does, but take ``limit`` bytes by POST at one of ``paths``."""

    def __init__(self, app: ASGIApp, usual: Middleware, limit: int, paths: set[str]) -> None:
        self.usual = usual.cls(app, *usual.args, **usual.kwargs)
        self.lifted = BodyLimitMiddleware(app, limit)
        self.paths = paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Choose by what is asked for."""
        is_lifted = scope["type"] == "http" and is_post(scope) and scope["path"] in self.paths
        limited = self.lifted if is_lifted else self.usual
        await limited(scope, receive, send)


def is_post(scope: Scope) -> bool:
    """Tell from the method."""
    return scope["method"] == "POST"
