"""The making and ending of keys, within the request's transaction."""

from typing import Annotated

from fastapi import Depends

from app.dependencies.database import SessionDep
from app.repositories.api_key import ApiKeyRepository
from app.services.api_key import ApiKeyService


async def get_api_key_service(session: SessionDep) -> ApiKeyService:
    """Put the layers together."""
    return ApiKeyService(ApiKeyRepository(session))


ApiKeyServiceDep = Annotated[ApiKeyService, Depends(get_api_key_service)]
