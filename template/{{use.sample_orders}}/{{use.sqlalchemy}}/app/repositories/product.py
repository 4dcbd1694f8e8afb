"""Where products are kept."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select, update

from app.core.database.session import Session, database_errors
from app.core.errors import PreconditionFailedError
from app.models.product import Product
from app.repositories.changed import changed
from app.repositories.page import Listing
from app.schemas.page import Slice
from app.schemas.product import ProductQuery

LISTING = Listing(
    model=Product,
    key=Product.id,
    sorts={
        "id": Product.id,
        "name": Product.name,
        "price_cents": Product.price_cents,
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
        prices = select(Product.id, Product.price_cents).where(Product.id.in_(product_ids))
        return {row.id: row.price_cents for row in await self.session.execute(prices)}

    async def add(self, values: Mapping[str, object]) -> Product:
        """Store a new one and give it its id."""
        product = Product(**values)
        self.session.add(product)
        with database_errors():
            await self.session.flush()
        return product

    async def update(self, product: Product, values: Mapping[str, object]) -> None:
        """Change it, unless someone else did since it was read."""
        changes = {name: value for name, value in values.items() if getattr(product, name) != value}
        if not changes:
            return
        expected = update(Product).where(
            Product.id == product.id, Product.version == product.version
        )
        statement = expected.values(**changes, version=Product.version + 1)
        with database_errors():
            if not await changed(self.session, statement):
                raise PreconditionFailedError("It was changed by someone else meanwhile.")

    async def take(self, product_id: int, quantity: int) -> bool:
        """Take some of the stock, if there is so much; whether there was."""
        enough = update(Product).where(Product.id == product_id, Product.stock >= quantity)
        values = enough.values(stock=Product.stock - quantity, version=Product.version + 1)
        with database_errors():
            return await changed(self.session, values) == 1

    async def put_back(self, product_id: int, quantity: int) -> None:
        """Add something to the stock."""
        one = update(Product).where(Product.id == product_id)
        values = one.values(stock=Product.stock + quantity, version=Product.version + 1)
        with database_errors():
            await changed(self.session, values)
