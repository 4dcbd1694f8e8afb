"""What can be done with orders."""

from collections.abc import Sequence
from datetime import datetime

from app.core.errors import ConflictError, NotFoundError
from app.core.unprocessable import UnprocessableError
from app.models.order import Order
from app.repositories.order import OrderRepository
from app.repositories.product import ProductRepository
from app.schemas.order import (
    OrderCreate,
    OrderLineRead,
    OrderQuery,
    OrderRead,
    OrderStatus,
    OrderSummary,
)
from app.schemas.page import Slice


class OrderService:
    """Rules on orders: what is pending is settled once, by whoever comes first."""

    def __init__(self, orders: OrderRepository, products: ProductRepository) -> None:
        self.orders = orders
        self.products = products

    async def price(self, body: OrderCreate) -> list[OrderLineRead]:
        """Put today's prices on the lines; raise UnprocessableError for an unknown product.

        All orders list their products in the same order, so that none waits for another in turn.
        """
        prices = await self.products.prices([line.product_id for line in body.lines])
        if len(prices) < len(body.lines):
            raise UnprocessableError("There is no such product.", code="unknown_product")
        return [
            OrderLineRead(**line.model_dump(), price_cents=prices[line.product_id])
            for line in sorted(body.lines, key=lambda line: line.product_id)
        ]

    async def submit(self, lines: Sequence[OrderLineRead]) -> OrderRead:
        """Store an order that is pending: no stock has moved yet."""
        total_cents = sum(line.quantity * line.price_cents for line in lines)
        values = {"status": OrderStatus.PENDING, "total_cents": total_cents}
        return shown(await self.orders.add(values, lines), lines)

    async def get(self, order_id: int) -> OrderRead:
        """Find an order or raise NotFoundError."""
        order = await self.orders.get(order_id)
        if order is None:
            raise NotFoundError("There is no such order.", code="order_not_found")
        return shown(order, await self.orders.lines(order_id))

    async def list(self, query: OrderQuery) -> Slice[Order]:
        """Read one page of orders."""
        return await self.orders.list(query)

    async def cancel(self, order_id: int) -> OrderRead:
        """Cancel an order that is pending, or raise ConflictError."""
        await self.get(order_id)
        if not await self.orders.change(order_id, OrderStatus.PENDING, OrderStatus.CANCELLED):
            raise ConflictError("The order is not pending any more.", code="order_not_pending")
        return await self.get(order_id)

    async def confirm(self, order_id: int) -> OrderStatus | None:
        """Settle an order that is pending, and say how; None when it was settled before.

        Whoever cancels it waits for the end of this transaction.
        """
        if not await self.orders.change(order_id, OrderStatus.PENDING, OrderStatus.CONFIRMED):
            return None
        if await self.take_stock(await self.orders.lines(order_id)):
            return OrderStatus.CONFIRMED
        await self.orders.change(order_id, OrderStatus.CONFIRMED, OrderStatus.FAILED)
        return OrderStatus.FAILED

    async def take_stock(self, lines: Sequence[OrderLineRead]) -> bool:
        """Take what all lines want, or nothing at all."""
        for number, line in enumerate(lines):
            if not await self.products.take(line.product_id, line.quantity):
                for taken in lines[:number]:
                    await self.products.put_back(taken.product_id, taken.quantity)
                return False
        return True

    async def expire(self, before: datetime, limit: int) -> int:
        """Give up orders that have been pending since ``before``; say how many there were."""
        stale = await self.orders.stale(before, limit)
        for order_id in stale:
            await self.orders.change(order_id, OrderStatus.PENDING, OrderStatus.EXPIRED)
        return len(stale)


def shown(order: Order, lines: Sequence[OrderLineRead]) -> OrderRead:
    """Put an order together with what was ordered."""
    summary = OrderSummary.model_validate(order)
    return OrderRead(**summary.model_dump(), lines=list(lines))
