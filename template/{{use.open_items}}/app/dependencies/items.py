"""Items, whoever asks, within the request's transaction."""

from typing import Annotated

from fastapi import Depends

from app.dependencies.database import SessionDep
from app.repositories.item import ItemRepository
from app.services.item import ItemService


async def get_item_service(session: SessionDep) -> ItemService:
    """Put the layers together."""
    return ItemService(ItemRepository(session))


ItemServiceDep = Annotated[ItemService, Depends(get_item_service)]
