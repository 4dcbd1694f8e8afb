"""Where the orders of one owner are kept."""

from collections.abc import Mapping, Sequence

from app.core.database.session import Session
from app.models.order import Order
from app.repositories.order import OrderRepository
from app.schemas.order import OrderLineRead, OrderQuery, OwnedOrderQuery
from app.schemas.page import Slice


class OwnedOrderRepository(OrderRepository):
    """Queries on the orders of one owner: those of others are not found (OWASP API1:2023).

    Whoever ``sees_all`` finds everybody's; what they submit is their own.
    """

    def __init__(self, session: Session, owner: str, *, sees_all: bool) -> None:
        super().__init__(session)
        self.owner = owner
        self.sees_all = sees_all

    async def get(self, order_id: int) -> Order | None:
        """Find one by its id."""
        order = await super().get(order_id)
        return order if self.sees_all or (order and order.owner == self.owner) else None

    async def list(self, query: OrderQuery) -> Slice[Order]:
        """Read one page."""
        owner = None if self.sees_all else self.owner
        return await super().list(OwnedOrderQuery(**query.model_dump(), owner=owner))

    async def add(self, values: Mapping[str, object], lines: Sequence[OrderLineRead]) -> Order:
        """Store a new one."""
        return await super().add({**values, "owner": self.owner}, lines)
