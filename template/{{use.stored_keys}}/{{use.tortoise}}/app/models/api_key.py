"""The table of keys."""

from tortoise import Model
from tortoise.fields import BigIntField, CharField

from app.models.utc import UtcDatetimeField


class ApiKey(Model):
    """What proves a program. Of its secret only the digest is kept; ``scopes`` are words."""

    id: int = BigIntField(primary_key=True)
    subject = CharField(max_length=100, db_index=True)
    name = CharField(max_length=100)
    prefix = CharField(max_length=12, unique=True)
    digest = CharField(max_length=64)
    scopes = CharField(max_length=2000)
    created_at = UtcDatetimeField(auto_now_add=True)
    expires_at = UtcDatetimeField(null=True)
    revoked_at = UtcDatetimeField(null=True)
    last_used_at = UtcDatetimeField(null=True)

    class Meta(Model.Meta):
        table = "api_keys"
        table_description = "What proves programs"
