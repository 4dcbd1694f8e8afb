"""The table of tags."""

from tortoise import Model
from tortoise.fields import BigIntField, CharField


class Tag(Model):
    """A word that articles have in common."""

    id: int = BigIntField(primary_key=True)
    name = CharField(max_length=30, unique=True)

    class Meta(Model.Meta):
        table = "tags"
        table_description = "What articles have in common"
