"""Whose a credential is, found out before the request is let in."""

from collections.abc import Awaitable, Callable

from starlette.requests import HTTPConnection

from app.core.lifespan import state_of
from app.core.limits.address import address_of

Prove = Callable[[HTTPConnection, str], Awaitable[str | None]]


async def owner_or_address(connection: HTTPConnection, credential: str | None, prove: Prove) -> str:
    """Take the principal, else the address: what is made up counts for whoever sends it."""
    if credential is None:
        return address_of(connection)
    proven = state_of(connection)["proven"]
    subject = proven.owner(credential)
    if subject is None:
        subject = await prove(connection, credential)
        if subject is None:
            return address_of(connection)
        proven.note(credential, subject)
    return f"principal:{subject}"
