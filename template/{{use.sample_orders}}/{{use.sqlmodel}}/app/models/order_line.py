"""The table of what was ordered."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.models.base import Base
from app.models.types import Key


class OrderLine(Base, table=True):
    """How much of a product, at the price that it had when the order was submitted."""

    __tablename__ = "order_lines"  # pyright: ignore[reportAssignmentType] - declared for SQLAlchemy 1.4
    __table_args__ = (UniqueConstraint("order_id", "product_id"),)

    order_id: int = Field(foreign_key="orders.id", ondelete="CASCADE", sa_type=Key)
    product_id: int = Field(foreign_key="products.id", sa_type=Key, index=True)
    quantity: int
    price_cents: int
