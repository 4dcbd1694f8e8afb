"""What can be done with products."""

from collections.abc import Callable, Generator
from contextlib import contextmanager

from app.core.errors import ConflictError, NotFoundError
from app.models.product import Product
from app.repositories.product import ProductRepository
from app.schemas.page import Slice
from app.schemas.product import ProductCreate, ProductQuery, ProductUpdate

Precondition = Callable[[int], None]


class ProductService:
    """Rules on products. ``precondition`` is given a version and raises to refuse a change."""

    def __init__(self, products: ProductRepository) -> None:
        self.products = products

    async def create(self, body: ProductCreate) -> Product:
        """Add a product under a name that no other has."""
        with name_taken():
            return await self.products.add(body.model_dump())

    async def get(self, product_id: int) -> Product:
        """Find a product or raise NotFoundError."""
        product = await self.products.get(product_id)
        if product is None:
            raise NotFoundError("There is no such product.", code="product_not_found")
        return product

    async def list(self, query: ProductQuery) -> Slice[Product]:
        """Read one page of products."""
        return await self.products.list(query)

    async def update(
        self, product_id: int, body: ProductUpdate, precondition: Precondition
    ) -> Product:
        """Change what ``body`` holds, unless an order takes some of the stock meanwhile."""
        product = await self.get(product_id)
        precondition(product.version)
        with name_taken():
            await self.products.update(product, body.model_dump(exclude_unset=True))
        return await self.get(product_id)


@contextmanager
def name_taken() -> Generator[None]:
    """Say clearly what the database refuses: of a product, only the name has to be unique."""
    try:
        yield
    except ConflictError as error:
        raise ConflictError("There is such a product.", code="product_name_taken") from error
