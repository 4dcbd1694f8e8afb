"""The table of products."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, PrimaryKey, Timestamped


class Product(Timestamped, Base):
    """Something that is for sale. ``version`` grows with each change, also of the stock."""

    __tablename__ = "products"

    id: Mapped[PrimaryKey]
    name: Mapped[str] = mapped_column(String(100), unique=True)
    price_cents: Mapped[int]
    stock: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
