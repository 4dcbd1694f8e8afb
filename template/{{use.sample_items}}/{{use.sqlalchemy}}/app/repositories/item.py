"""Where items are kept."""

from collections.abc import Mapping

from app.core.database.session import Session, database_errors
from app.models.item import Item
from app.repositories.page import Listing
from app.schemas.item import ItemQuery
from app.schemas.page import Slice

LISTING = Listing(
    model=Item,
    key=Item.id,
    sorts={
        "id": Item.id,
        "name": Item.name,
        "price_cents": Item.price_cents,
        "created_at": Item.created_at,
    },
    filters={
        "name": lambda part: Item.name.icontains(part, autoescape=True),
        "price_min": lambda cents: Item.price_cents >= cents,
        "price_max": lambda cents: Item.price_cents <= cents,
    },
)


class ItemRepository:
    """Queries on items, in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def get(self, item_id: int) -> Item | None:
        """Find one by its id."""
        return await self.session.get(Item, item_id)

    async def list(self, query: ItemQuery) -> Slice[Item]:
        """Read one page."""
        return await LISTING.fetch(self.session, query, query.sort)

    async def add(self, values: Mapping[str, object]) -> Item:
        """Store a new one and give it its id."""
        item = Item(**values)
        self.session.add(item)
        with database_errors():
            await self.session.flush()
        return item

    async def update(self, item: Item, values: Mapping[str, object]) -> None:
        """Change it, unless someone else did since it was read."""
        for name, value in values.items():
            setattr(item, name, value)
        with database_errors():
            await self.session.flush()

    async def delete(self, item: Item) -> None:
        """Remove it, unless someone changed it since it was read."""
        await self.session.delete(item)
        await self.session.flush()
