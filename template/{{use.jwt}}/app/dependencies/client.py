"""Where a request comes from, and where its answer may be kept."""

from typing import Annotated, Final

from fastapi import Depends, Response
from starlette.requests import HTTPConnection

LONGEST_ADDRESS: Final = 45


async def get_address(connection: HTTPConnection) -> str:
    """Take the address as the server knows it: it believes only proxies that it trusts."""
    client = connection.client
    return client.host[:LONGEST_ADDRESS] if client else ""


async def forbid_storing(response: Response) -> None:
    """Keep tokens out of every cache (RFC 6749, section 5.1)."""
    response.headers["Cache-Control"] = "no-store"


AddressDep = Annotated[str, Depends(get_address)]
NO_STORE: Final = Depends(forbid_storing)
