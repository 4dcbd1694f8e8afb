"""Whose an access token is."""

from fastapi.security.utils import get_authorization_scheme_param
from starlette.requests import HTTPConnection

from app.core.lifespan import state_of
from app.core.security.access import UnauthenticatedError


def shown_token(connection: HTTPConnection) -> str | None:
    """Find the token where routes look for it."""
    scheme, token = get_authorization_scheme_param(connection.headers.get("Authorization"))
    return token if scheme.lower() == "bearer" else None


async def owner_of_token(connection: HTTPConnection, token: str) -> str | None:
    """Believe the signature: whether the session has ended is for the route to find out."""
    try:
        return state_of(connection)["tokens"].read_access(token).subject
    except UnauthenticatedError:
        return None
