"""Orders are settled, or expire."""

from datetime import timedelta
from typing import Final

import structlog

from app.models.utc import utc_now
from app.repositories.order import OrderRepository
from app.repositories.product import ProductRepository
from app.services.order import OrderService
from app.tasks.task import task
from app.tasks.work import Work

BATCH: Final = 500

log = structlog.stdlib.get_logger()


@task("orders.confirm")
async def confirm_order(work: Work, order_id: int) -> None:
    """Confirm an order for which there is enough stock; another one fails."""
    status = await orders_of(work).confirm(order_id)
    log.info("order settled" if status else "order was settled before", order_id=order_id)


@task("orders.expire", every=timedelta(minutes=1))
async def expire_orders(work: Work) -> None:
    """Give up orders that no worker has settled in time."""
    before = utc_now() - work.state["settings"].orders.pending_ttl
    number = await orders_of(work).expire(before, BATCH)
    if number:
        log.warning("orders expired", number=number)


def orders_of(work: Work) -> OrderService:
    """Put the layers together, in the task's transaction."""
    return OrderService(OrderRepository(work.session), ProductRepository(work.session))
