"""Items that are read from the cache, and what forgets them."""

from datetime import timedelta

from app.core.cache.cache import Cache
from app.core.cache.cached import cached
from app.core.cache.forgets import Forgets
from app.core.errors import NotFoundError
from app.models.item import Item
from app.repositories.item import ItemRepository
from app.schemas.item import ItemCreate, ItemRead, ItemUpdate
from app.services.item import ItemService, Precondition


@cached(ttl=timedelta(minutes=1), missing=timedelta(seconds=5))
async def item_by_id(items: ItemRepository, item_id: int) -> ItemRead | None:
    """Find an item, whoever asks."""
    item = await items.get(item_id)
    return None if item is None else ItemRead.model_validate(item)


class CachedItems:
    """Items by their ids."""

    def __init__(self, cache: Cache, items: ItemRepository) -> None:
        self.cache = cache
        self.items = items

    async def get(self, item_id: int) -> ItemRead:
        """Find an item or raise NotFoundError."""
        item = await item_by_id.read(self.cache, self.items, item_id)
        if item is None:
            raise item_not_found()
        return item


class ForgettingItemService(ItemService):
    """Has what it changes forgotten after the commit; also that a new item was not there."""

    def __init__(self, items: ItemRepository, forgets: Forgets) -> None:
        super().__init__(items)
        self.forgets = forgets

    async def create(self, body: ItemCreate) -> Item:
        """Add an item, if its name is not taken."""
        item = await super().create(body)
        self.forgets.add(item_by_id, item.id)
        return item

    async def update(self, item_id: int, body: ItemUpdate, precondition: Precondition) -> Item:
        """Change what ``body`` holds."""
        self.forgets.add(item_by_id, item_id)
        return await super().update(item_id, body, precondition)

    async def delete(self, item_id: int, precondition: Precondition) -> None:
        """Remove an item."""
        self.forgets.add(item_by_id, item_id)
        await super().delete(item_id, precondition)


def item_not_found() -> NotFoundError:
    """Say that there is none, or none for who asks."""
    return NotFoundError("There is no such item.", code="item_not_found")
