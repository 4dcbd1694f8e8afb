"""The keys of the settings."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from app.core.lifespan import state_of
from app.services.key import KeyService


async def get_key_service(connection: HTTPConnection) -> KeyService:
    """Take the keys that the service was started with."""
    return KeyService(state_of(connection)["settings"].api_keys.keys)


KeyServiceDep = Annotated[KeyService, Depends(get_key_service)]
