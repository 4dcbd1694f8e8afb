"""The messages of sockets, described: OpenAPI knows what follows a request, but no sockets."""

from fastapi import APIRouter
from starlette.routing import BaseRoute

from app.api.errors import problems
from app.schemas.sockets.messages import Received, Sent


def sent(_: Sent) -> None:
    """Take what the service sends over the socket; `type` tells which message it is."""


def received(_: Received) -> None:
    """Send what a client says over the socket; a message with a `ref` is answered."""


def described() -> list[BaseRoute]:
    """List them as callbacks, which nobody calls."""
    router = APIRouter(responses=problems())
    router.add_api_route("/live/ws/sent", sent, methods=["POST"], status_code=204)
    router.add_api_route("/live/ws/received", received, methods=["POST"], status_code=204)
    return router.routes
