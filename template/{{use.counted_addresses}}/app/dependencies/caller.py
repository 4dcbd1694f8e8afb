"""For whom a request is counted."""

from starlette.requests import HTTPConnection

from app.core.limits.address import address_of


async def caller_of(connection: HTTPConnection) -> str:
    """Take the address: nobody says who they are."""
    return address_of(connection)
