"""The table of keys by which requests are known again."""

from tortoise import Model
from tortoise.fields import BigIntField, CharField, TextField

from app.models.utc import UtcDatetimeField


class IdempotencyKey(Model):
    """A request that was answered. Of the key and of the request only digests are kept."""

    id: int = BigIntField(primary_key=True)
    digest = CharField(max_length=64, unique=True)
    request_digest = CharField(max_length=64)
    answer = TextField()
    created_at = UtcDatetimeField(auto_now_add=True, db_index=True)

    class Meta(Model.Meta):
        table = "idempotency_keys"
        table_description = "Requests that were answered"
