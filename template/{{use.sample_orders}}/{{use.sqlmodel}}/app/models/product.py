"""The table of products."""

from sqlmodel import Field

from app.models.base import Base, Timestamped


class Product(Timestamped, Base, table=True):
    """Something that is for sale. ``version`` grows with each change, also of the stock."""

    __tablename__ = "products"  # pyright: ignore[reportAssignmentType] - declared for SQLAlchemy 1.4

    name: str = Field(max_length=100, unique=True)
    price_cents: int
    stock: int
    version: int = Field(default=1)
