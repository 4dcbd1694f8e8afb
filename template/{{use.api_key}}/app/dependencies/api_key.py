"""The key of a request."""

from typing import Annotated, Final

from fastapi import Depends
from fastapi.security import APIKeyHeader
from starlette.requests import HTTPConnection

SCHEME: Final = APIKeyHeader(
    name="X-API-Key",
    scheme_name="ApiKey",
    description="`ak_<prefix>_<secret>`; nowhere but in this header.",
    auto_error=False,
)


async def get_key(connection: HTTPConnection) -> str | None:
    """Find it where the scheme says.

    FastAPI would run whatever depends on a scheme again for each other list of permissions.
    """
    return await SCHEME(connection)


KeyDep = Annotated[str | None, Depends(get_key)]
