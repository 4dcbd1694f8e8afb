"""Whose items from the cache are whose."""

from app.schemas.item import ItemRead
from app.services.item_cached import CachedItems, item_not_found


class OwnCachedItems:
    """The items of one owner, by their ids: those of others are not found (OWASP API1:2023).

    What is kept is the same for everybody. Whose it is is asked each time, so a permission that
    is taken away is so at once.
    """

    def __init__(self, items: CachedItems, owner_id: int, *, sees_all: bool) -> None:
        self.items = items
        self.owner_id = owner_id
        self.sees_all = sees_all

    async def get(self, item_id: int) -> ItemRead:
        """Find an item or raise NotFoundError."""
        item = await self.items.get(item_id)
        if not (self.sees_all or item.owner_id == self.owner_id):
            raise item_not_found()
        return item
