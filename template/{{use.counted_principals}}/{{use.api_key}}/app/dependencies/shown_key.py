"""The key that a request shows."""

from starlette.requests import HTTPConnection

from app.dependencies.api_key import SCHEME


def shown_key(connection: HTTPConnection) -> str | None:
    """Find the key where routes look for it."""
    return connection.headers.get(SCHEME.model.name) or None
