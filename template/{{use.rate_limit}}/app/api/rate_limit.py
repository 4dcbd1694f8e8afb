"""In front of all routes: how much a caller may ask for."""

from http import HTTPMethod

from starlette.middleware import Middleware
from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.errors import answer_app_error
from app.config.settings import Settings
from app.core.http.middleware import QUIET_PATHS
from app.core.lifespan import state_of
from app.core.limits.limit import Limit
from app.core.limits.quota import DEFAULT, Quota, RateLimitedError
from app.core.limits.shared import SharedCounter
from app.dependencies.caller import caller_of


class RateLimitMiddleware:
    """Count each request, but for probes and for browsers that ask whether they may ask."""

    def __init__(self, app: ASGIApp, default: Limit) -> None:
        self.app = app
        self.default = default

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse a request before anything is read or opened for it."""
        if not is_counted(scope):
            await self.app(scope, receive, send)
            return
        quota = await self.open_quota(HTTPConnection(scope))
        scope["state"]["quota"] = quota

        async def send_with_fields(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *quota.fields()]
            await send(message)

        try:
            await quota.begin()
        except RateLimitedError as error:
            response = await answer_app_error(Request(scope), error)
            await response(scope, receive, send_with_fields)
        else:
            await self.app(scope, receive, send_with_fields)

    async def open_quota(self, connection: HTTPConnection) -> Quota:
        """Find out who asks."""
        state = state_of(connection)
        shared = SharedCounter(state["redis"], state["settings"].redis)
        return Quota(state["limiter"], shared, await caller_of(connection), self.default)


def is_counted(scope: Scope) -> bool:
    """Tell what a caller asks for from what only asks about it."""
    if scope["type"] != "http" or scope["method"] == HTTPMethod.OPTIONS:
        return False
    return scope["path"].removeprefix(scope.get("root_path", "")) not in QUIET_PATHS


def rate_limit_layer(settings: Settings) -> Middleware:
    """Take the limit that all routes share from the settings."""
    return Middleware(RateLimitMiddleware, default=Limit(DEFAULT, settings.rate_limit.default))
