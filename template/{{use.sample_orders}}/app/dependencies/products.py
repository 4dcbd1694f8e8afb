"""Products, within the request's transaction."""

from typing import Annotated

from fastapi import Depends

from app.dependencies.database import SessionDep
from app.repositories.product import ProductRepository
from app.services.product import ProductService


async def get_product_service(session: SessionDep) -> ProductService:
    """Put the layers together."""
    return ProductService(ProductRepository(session))


ProductServiceDep = Annotated[ProductService, Depends(get_product_service)]
