"""What can be done with items."""

from collections.abc import Callable, Generator
from contextlib import contextmanager

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
        """Add an item, if its name is not taken."""
        with name_taken():
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
        with name_taken():
            await self.items.update(item, body.model_dump(exclude_unset=True))
        return item

    async def delete(self, item_id: int, precondition: Precondition) -> None:
        """Remove an item."""
        item = await self.get(item_id)
        precondition(item.version)
        await self.items.delete(item)


@contextmanager
def name_taken() -> Generator[None]:
    """Say clearly what the database refuses: only the name can be taken."""
    try:
        yield
    except ConflictError as error:
        raise ConflictError("There is an item of this name.", code="item_name_taken") from error
