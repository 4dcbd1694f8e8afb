"""The table of notifications."""

from tortoise import Model
from tortoise.fields import BigIntField, CharField

from app.models.utc import UtcDatetimeField


class Notification(Model):
    """What somebody is told. ``recipient`` is the subject of whoever it is for."""

    id: int = BigIntField(primary_key=True)
    recipient = CharField(max_length=100, db_index=True)
    kind = CharField(max_length=64)
    text = CharField(max_length=500)
    created_at = UtcDatetimeField(auto_now_add=True, db_index=True)
    read_at = UtcDatetimeField(null=True)

    class Meta(Model.Meta):
        table = "notifications"
        table_description = "What somebody is told"
