"""Where items are kept."""

from collections.abc import Mapping

from app.core.database.session import Session, database_errors
from app.core.errors import PreconditionFailedError
from app.models.item import Item
from app.models.utc import utc_now
from app.repositories.page import Listing
from app.schemas.item import ItemQuery
from app.schemas.page import Slice

LISTING = Listing(
    model=Item,
    key="id",
    sorts={"id", "name", "price_cents", "created_at"},
    filters={
        "name": "name__icontains",
        "price_min": "price_cents__gte",
        "price_max": "price_cents__lte",
    },
)


class ItemRepository:
    """Queries on items, in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def get(self, item_id: int) -> Item | None:
        """Find one by its id."""
        return await Item.get_or_none(id=item_id, using_db=self.session)

    async def list(self, query: ItemQuery) -> Slice[Item]:
        """Read one page."""
        return await LISTING.fetch(self.session, query, query.sort)

    async def add(self, values: Mapping[str, object]) -> Item:
        """Store a new one and give it its id."""
        with database_errors():
            return await Item.create(using_db=self.session, **values)

    async def update(self, item: Item, values: Mapping[str, object]) -> None:
        """Change it, unless someone else did since it was read."""
        changes = {name: value for name, value in values.items() if getattr(item, name) != value}
        if not changes:
            return
        changes |= {"version": item.version + 1, "updated_at": utc_now()}
        expected = Item.filter(id=item.id, version=item.version).using_db(self.session)
        with database_errors():
            refuse_stale(await expected.update(**changes))
        for name, value in changes.items():
            setattr(item, name, value)

    async def delete(self, item: Item) -> None:
        """Remove it, unless someone changed it since it was read."""
        expected = Item.filter(id=item.id, version=item.version).using_db(self.session)
        refuse_stale(await expected.delete())


def refuse_stale(rows: int) -> None:
    """Notice that no row had the expected version."""
    if rows == 0:
        raise PreconditionFailedError("It was changed by someone else meanwhile.")
