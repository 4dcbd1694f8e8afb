

class OwnedOrderQuery(OrderQuery):
    """Which orders of an owner."""

    owner: str
