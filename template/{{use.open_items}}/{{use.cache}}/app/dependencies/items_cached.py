"""Items that are read from the cache, whoever asks."""

from typing import Annotated

from fastapi import Depends

from app.dependencies.cache import CacheDep
from app.dependencies.database import SessionDep
from app.repositories.item import ItemRepository
from app.services.item_cached import CachedItems


async def get_cached_items(cache: CacheDep, session: SessionDep) -> CachedItems:
    """Load from the database what is not kept."""
    return CachedItems(cache, ItemRepository(session))


CachedItemsDep = Annotated[CachedItems, Depends(get_cached_items)]
