"""The orders of whoever asks, within the request's transaction."""

from typing import Annotated

from fastapi import Depends

from app.dependencies.auth import CurrentPrincipal
from app.dependencies.database import SessionDep
from app.repositories.owned_order import OwnedOrderRepository
from app.repositories.product import ProductRepository
from app.schemas.permissions.orders import OrderPermission
from app.services.order import OrderService


async def get_order_service(session: SessionDep, principal: CurrentPrincipal) -> OrderService:
    """Put the layers together."""
    sees_all = OrderPermission.ALL in principal.permissions
    orders = OwnedOrderRepository(session, principal.subject, sees_all=sees_all)
    return OrderService(orders, ProductRepository(session))


OrderServiceDep = Annotated[OrderService, Depends(get_order_service)]
