"""The table of tasks that were handed in."""

from tortoise import Model
from tortoise.fields import BigIntField, CharField, TextField

from app.models.utc import UtcDatetimeField


class OutboxMessage(Model):
    """A task. Unless it is done by ``due_at``, it is published again; without, it is given up."""

    id: int = BigIntField(primary_key=True)
    task = CharField(max_length=100)
    arguments = TextField()
    context = TextField()
    created_at = UtcDatetimeField()
    due_at = UtcDatetimeField(null=True, db_index=True)
    finished_at = UtcDatetimeField(null=True, db_index=True)

    class Meta(Model.Meta):
        table = "outbox"
        table_description = "Tasks that were handed in"
