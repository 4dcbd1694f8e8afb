"""Items that are read from the cache: kept for everybody, and shown to whom they belong."""

from typing import Annotated

from fastapi import Depends

from app.dependencies.auth import CurrentPrincipal
from app.dependencies.cache import CacheDep
from app.dependencies.database import SessionDep
from app.repositories.item import ItemRepository
from app.schemas.permissions.items import ItemPermission
from app.services.item_cached import CachedItems
from app.services.item_cached_owned import OwnCachedItems


async def get_cached_items(cache: CacheDep, session: SessionDep) -> CachedItems:
    """Load from the database what is not kept, whoever asks."""
    return CachedItems(cache, ItemRepository(session))


async def get_own_cached_items(
    items: Annotated[CachedItems, Depends(get_cached_items)], principal: CurrentPrincipal
) -> OwnCachedItems:
    """Show whoever asks what is theirs."""
    sees_all = ItemPermission.ALL in principal.permissions
    return OwnCachedItems(items, int(principal.subject), sees_all=sees_all)


CachedItemsDep = Annotated[OwnCachedItems, Depends(get_own_cached_items)]
