"""The table of items."""

from tortoise import Model
from tortoise.fields import (
    SET_NULL,
    BigIntField,
    CharField,
    ForeignKeyField,
    ForeignKeyNullableRelation,
    IntField,
)

from app.models.accounts.user import User
from app.models.base import Timestamped


class Item(Timestamped, Model):
    """Something that is for sale. ``version`` grows with each change.

    An owner has each name once. Without an owner it is nobody's, and only administrators see it.
    """

    id: int = BigIntField(primary_key=True)
    owner: ForeignKeyNullableRelation[User] = ForeignKeyField(
        "models.User", related_name="items", on_delete=SET_NULL, null=True
    )
    owner_id: int | None
    name = CharField(max_length=100)
    description = CharField(max_length=1000, null=True)
    price_cents = IntField()
    version = IntField(default=1)

    class Meta(Model.Meta):
        table = "items"
        table_description = "What is for sale"
        unique_together = (("owner", "name"),)
