"""Where the items of one owner are kept."""

from collections.abc import Mapping

from sqlmodel import col

from app.core.database.session import Session
from app.models.item import Item
from app.repositories.item import LISTING, ItemRepository
from app.schemas.item import ItemQuery
from app.schemas.page import Slice


class OwnedItemRepository(ItemRepository):
    """Queries on the items of one owner: those of others are not found (OWASP API1:2023).

    Whoever ``sees_all`` finds everybody's, also what is nobody's; what they add is their own.
    """

    def __init__(self, session: Session, owner_id: int, *, sees_all: bool) -> None:
        super().__init__(session)
        self.owner_id = owner_id
        self.sees_all = sees_all

    async def get(self, item_id: int) -> Item | None:
        """Find one by its id."""
        item = await super().get(item_id)
        return item if self.sees_all or (item and item.owner_id == self.owner_id) else None

    async def list(self, query: ItemQuery) -> Slice[Item]:
        """Read one page."""
        seen = () if self.sees_all else (col(Item.owner_id) == self.owner_id,)
        return await LISTING.fetch(self.session, query, query.sort, *seen)

    async def add(self, values: Mapping[str, object]) -> Item:
        """Store a new one and give it its id."""
        return await super().add({**values, "owner_id": self.owner_id})
