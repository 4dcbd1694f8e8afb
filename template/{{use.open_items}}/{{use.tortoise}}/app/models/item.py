"""The table of items."""

from tortoise import Model
from tortoise.fields import BigIntField, CharField, IntField

from app.models.base import Timestamped


class Item(Timestamped, Model):
    """Something that is for sale. ``version`` grows with each change."""

    id: int = BigIntField(primary_key=True)
    name = CharField(max_length=100, unique=True)
    description = CharField(max_length=1000, null=True)
    price_cents = IntField()
    version = IntField(default=1)

    class Meta(Model.Meta):
        table = "items"
        table_description = "What is for sale"
