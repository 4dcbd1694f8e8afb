"""The items of whoever asks; what is changed is forgotten after the commit."""

from typing import Annotated

from fastapi import Depends

from app.dependencies import items
from app.dependencies.database import ForgetsDep
from app.services.item_cached import ForgettingItemService


async def get_forgetting_item_service(
    service: items.ItemServiceDep, forgets: ForgetsDep
) -> ForgettingItemService:
    """Put it in front of the rules on items."""
    return ForgettingItemService(service.items, forgets)


ItemServiceDep = Annotated[ForgettingItemService, Depends(get_forgetting_item_service)]
