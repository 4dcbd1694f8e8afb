"""For whom a request is counted."""

from starlette.requests import HTTPConnection

from app.dependencies.credential_owner import owner_or_address
from app.dependencies.key_owner import owner_of_key
from app.dependencies.shown_key import shown_key


async def caller_of(connection: HTTPConnection) -> str:
    """Take whoever the key belongs to, else the address."""
    return await owner_or_address(connection, shown_key(connection), owner_of_key)
