"""The table of what was ordered."""

from tortoise import Model
from tortoise.fields import (
    CASCADE,
    RESTRICT,
    BigIntField,
    ForeignKeyField,
    ForeignKeyRelation,
    IntField,
)

from app.models.order import Order
from app.models.product import Product


class OrderLine(Model):
    """How much of a product, at the price that it had when the order was submitted."""

    id: int = BigIntField(primary_key=True)
    order: ForeignKeyRelation[Order] = ForeignKeyField(
        "models.Order", related_name="lines", on_delete=CASCADE
    )
    order_id: int
    product: ForeignKeyRelation[Product] = ForeignKeyField(
        "models.Product", related_name="lines", on_delete=RESTRICT, db_index=True
    )
    product_id: int
    quantity = IntField()
    price_cents = IntField()

    class Meta(Model.Meta):
        table = "order_lines"
        table_description = "What was ordered"
        unique_together = (("order", "product"),)
