"""For whom a request is counted."""

from starlette.requests import HTTPConnection

from app.dependencies.credential_owner import owner_or_address
from app.dependencies.token_owner import owner_of_token, shown_token


async def caller_of(connection: HTTPConnection) -> str:
    """Take whoever the access token belongs to, else the address."""
    return await owner_or_address(connection, shown_token(connection), owner_of_token)
