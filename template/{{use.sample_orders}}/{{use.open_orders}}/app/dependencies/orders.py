"""Orders, within the request's transaction."""

from typing import Annotated

from fastapi import Depends

from app.dependencies.database import SessionDep
from app.repositories.order import OrderRepository
from app.repositories.product import ProductRepository
from app.services.order import OrderService


async def get_order_service(session: SessionDep) -> OrderService:
    """Put the layers together."""
    return OrderService(OrderRepository(session), ProductRepository(session))


OrderServiceDep = Annotated[OrderService, Depends(get_order_service)]
