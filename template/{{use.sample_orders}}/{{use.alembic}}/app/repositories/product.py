"""Where products are kept."""

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import insert, select, update

from app.core.database.session import Session, database_errors
from app.core.errors import PreconditionFailedError
from app.models.base import Base
from app.models.product import Product
from app.repositories.changed import changed
from app.repositories.page import Listing
from app.schemas.page import Slice
from app.schemas.product import ProductQuery

PRODUCTS: Final = Base.metadata.tables["products"]
NEXT_VERSION: Final = PRODUCTS.c.version + 1

LISTING = Listing(
    model=Product,
    key=PRODUCTS.c.id,
    sorts={
        "id": PRODUCTS.c.id,
        "name": PRODUCTS.c.name,
        "price_cents": PRODUCTS.c.price_cents,
    },
    filters={},
)


class ProductRepository:
    """Queries on products, in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def get(self, product_id: int) -> Product | None:
        """Find one by its id, as it is now."""
        return await self.session.get(Product, product_id, populate_existing=True)

    async def list(self, query: ProductQuery) -> Slice[Product]:
        """Read one page."""
        return await LISTING.fetch(self.session, query, query.sort)

    async def prices(self, product_ids: Sequence[int]) -> dict[int, int]:
        """Say what those cost of these that there are."""
        prices = select(PRODUCTS.c.id, PRODUCTS.c.price_cents)
        connection = await self.session.connection()
        found = await connection.execute(prices.where(PRODUCTS.c.id.in_(product_ids)))
        return {row.id: row.price_cents for row in found}

    async def add(self, values: Mapping[str, object]) -> Product:
        """Store a new one and give it its id."""
        with database_errors():
            connection = await self.session.connection()
            added = await connection.execute(insert(PRODUCTS).values(**values))
        return await self.session.get_one(Product, added.inserted_primary_key)

    async def update(self, product: Product, values: Mapping[str, object]) -> None:
        """Change it, unless someone else did since it was read."""
        changes = {name: value for name, value in values.items() if getattr(product, name) != value}
        if not changes:
            return
        expected = (PRODUCTS.c.id == product.id, PRODUCTS.c.version == product.version)
        statement = update(PRODUCTS).where(*expected).values(**changes, version=NEXT_VERSION)
        if not await changed(self.session, statement):
            raise PreconditionFailedError("It was changed by someone else meanwhile.")

    async def take(self, product_id: int, quantity: int) -> bool:
        """Take some of the stock, if there is so much; whether there was."""
        enough = (PRODUCTS.c.id == product_id, PRODUCTS.c.stock >= quantity)
        rest = PRODUCTS.c.stock - quantity
        statement = update(PRODUCTS).where(*enough).values(stock=rest, version=NEXT_VERSION)
        return await changed(self.session, statement) == 1

    async def put_back(self, product_id: int, quantity: int) -> None:
        """Add something to the stock."""
        more = PRODUCTS.c.stock + quantity
        one = update(PRODUCTS).where(PRODUCTS.c.id == product_id)
        await changed(self.session, one.values(stock=more, version=NEXT_VERSION))
