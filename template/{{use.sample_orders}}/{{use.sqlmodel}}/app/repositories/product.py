"""Where products are kept."""

from collections.abc import Mapping, Sequence

from sqlalchemy import update
from sqlmodel import col, select

from app.core.database.session import Session, database_errors
from app.core.errors import PreconditionFailedError
from app.models.product import Product
from app.repositories.page import Listing
from app.schemas.page import Slice
from app.schemas.product import ProductQuery

LISTING = Listing(
    model=Product,
    key=col(Product.id),
    sorts={
        "id": col(Product.id),
        "name": col(Product.name),
        "price_cents": col(Product.price_cents),
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
        prices = select(Product.id, Product.price_cents).where(col(Product.id).in_(product_ids))
        return dict((await self.session.exec(prices)).all())

    async def add(self, values: Mapping[str, object]) -> Product:
        """Store a new one and give it its id."""
        product = Product.model_validate(values)
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
            col(Product.id) == product.id, col(Product.version) == product.version
        )
        statement = expected.values(**changes, version=col(Product.version) + 1)
        with database_errors():
            if (await self.session.exec(statement)).rowcount == 0:
                raise PreconditionFailedError("It was changed by someone else meanwhile.")

    async def take(self, product_id: int, quantity: int) -> bool:
        """Take some of the stock, if there is so much; whether there was."""
        enough = update(Product).where(
            col(Product.id) == product_id, col(Product.stock) >= quantity
        )
        values = enough.values(
            stock=col(Product.stock) - quantity, version=col(Product.version) + 1
        )
        with database_errors():
            return (await self.session.exec(values)).rowcount == 1

    async def put_back(self, product_id: int, quantity: int) -> None:
        """Add something to the stock."""
        one = update(Product).where(col(Product.id) == product_id)
        values = one.values(stock=col(Product.stock) + quantity, version=col(Product.version) + 1)
        with database_errors():
            await self.session.exec(values)
