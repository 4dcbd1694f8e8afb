"""The items of whoever asks, within the request's transaction."""

from typing import Annotated

from fastapi import Depends

from app.dependencies.auth import CurrentPrincipal
from app.dependencies.database import SessionDep
from app.repositories.item_owned import OwnedItemRepository
from app.schemas.permissions.items import ItemPermission
from app.services.item import ItemService


async def get_item_service(session: SessionDep, principal: CurrentPrincipal) -> ItemService:
    """Put the layers together."""
    sees_all = ItemPermission.ALL in principal.permissions
    return ItemService(OwnedItemRepository(session, int(principal.subject), sees_all=sees_all))


ItemServiceDep = Annotated[ItemService, Depends(get_item_service)]
