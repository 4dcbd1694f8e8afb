"""The table of products."""

from tortoise import Model
from tortoise.fields import BigIntField, CharField, IntField

from app.models.base import Timestamped


class Product(Timestamped, Model):
    """Something that is for sale. ``version`` grows with each change, also of the stock."""

    id: int = BigIntField(primary_key=True)
    name = CharField(max_length=100, unique=True)
    price_cents = IntField()
    stock = IntField()
    version = IntField(default=1)

    class Meta(Model.Meta):
        table = "products"
        table_description = "What is for sale, and how much of it"
