"""The key of a request."""

from typing import Annotated, Final

from fastapi import Depends
from fastapi.security import APIKeyHeader

SCHEME: Final = APIKeyHeader(
    name="X-API-Key",
    scheme_name="ApiKey",
    description="`ak_<prefix>_<secret>`; nowhere but in this header.",
    auto_error=False,
)

KeyDep = Annotated[str | None, Depends(SCHEME)]
