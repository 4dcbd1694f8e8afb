"""What can be done with items."""

from collections.abc import Callable

from app.core.errors import ConflictError, NotFoundError
from app.models.item import Item
from app.repositories.item import ItemRepository
from app.schemas.item import ItemCreate, ItemQuery, ItemUpdate
from app.schemas.page import Slice

Precondition = Callable[[int], None]


class ItemService:
    """Rules on items. ``precondition`` is given an item's version and raises to refuse a change."""

    def __init__(self, items: ItemRepository) -> None:
        self.items = items

    async def create(self, body: ItemCreate) -> Item:
        """Add an item under a name that no other has."""
        await self.refuse_taken(body.name)
        return await self.items.add(body.model_dump())

    async def get(self, item_id: int) -> Item:
        """Find an item or raise NotFoundError."""
        item = await self.items.get(item_id)
        if item is None:
            raise NotFoundError("There is no such item.", code="item_not_found")
        return item

    async def list(self, query: ItemQuery) -> Slice[Item]:
        """Read one page of items."""
        return await self.items.list(query)

    async def update(self, item_id: int, body: ItemUpdate, precondition: Precondition) -> Item:
        """Change what ``body`` holds."""
        item = await self.get(item_id)
        precondition(item.version)
        changes = body.model_dump(exclude_unset=True)
        if changes.get("name", item.name) != item.name:
            await self.refuse_taken(changes["name"])
        await self.items.update(item, changes)
        return item

    async def delete(self, item_id: int, precondition: Precondition) -> None:
        """Remove an item."""
        item = await self.get(item_id)
        precondition(item.version)
        await self.items.delete(item)

    async def refuse_taken(self, name: str) -> None:
        """Say clearly what the unique constraint would say at the latest."""
        if await self.items.get_by_name(name) is not None:
            raise ConflictError("There is an item of this name.", code="item_name_taken")
