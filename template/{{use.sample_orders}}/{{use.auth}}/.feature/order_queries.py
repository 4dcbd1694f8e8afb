

class OwnedOrderQuery(OrderQuery):
    """Which orders of an owner; None is everybody's."""

    owner: str | None
