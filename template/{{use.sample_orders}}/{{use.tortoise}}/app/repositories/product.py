"""Where products are kept."""

from collections.abc import Mapping, Sequence

from tortoise.expressions import F

from app.core.database.session import Session, database_errors
from app.core.errors import PreconditionFailedError
from app.models.product import Product
from app.models.utc import utc_now
from app.repositories.page import Listing
from app.schemas.page import Slice
from app.schemas.product import ProductQuery

LISTING = Listing(
    model=Product,
    key="id",
    sorts={"id", "name", "price_cents"},
    filters={},
)


class ProductRepository:
    """Queries on products, in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def get(self, product_id: int) -> Product | None:
        """Find one by its id, as it is now."""
        return await Product.get_or_none(id=product_id, using_db=self.session)

    async def list(self, query: ProductQuery) -> Slice[Product]:
        """Read one page."""
        return await LISTING.fetch(self.session, query, query.sort)

    async def prices(self, product_ids: Sequence[int]) -> dict[int, int]:
        """Say what those cost of these that there are."""
        wanted = Product.filter(id__in=product_ids).using_db(self.session)
        return {each.id: each.price_cents for each in await wanted}

    async def add(self, values: Mapping[str, object]) -> Product:
        """Store a new one and give it its id."""
        with database_errors():
            return await Product.create(using_db=self.session, **values)

    async def update(self, product: Product, values: Mapping[str, object]) -> None:
        """Change it, unless someone else did since it was read."""
        changes = {name: value for name, value in values.items() if getattr(product, name) != value}
        if changes and not await self.change(changes, id=product.id, version=product.version):
            raise PreconditionFailedError("It was changed by someone else meanwhile.")

    async def take(self, product_id: int, quantity: int) -> bool:
        """Take some of the stock, if there is so much; whether there was."""
        rest = {"stock": F("stock") - quantity}
        return await self.change(rest, id=product_id, stock__gte=quantity) == 1

    async def put_back(self, product_id: int, quantity: int) -> None:
        """Add something to the stock."""
        await self.change({"stock": F("stock") + quantity}, id=product_id)

    async def change(self, values: Mapping[str, object], **expected: int) -> int:
        """Change what is as it is expected to be, and count it."""
        matching = Product.filter(**expected).using_db(self.session)
        with database_errors():
            return await matching.update(**values, version=F("version") + 1, updated_at=utc_now())
