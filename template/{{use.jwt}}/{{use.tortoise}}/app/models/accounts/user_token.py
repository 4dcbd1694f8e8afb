"""The table of tokens that are sent by e-mail."""

from tortoise import Model
from tortoise.fields import CASCADE, BigIntField, CharField, ForeignKeyField, ForeignKeyRelation

from app.models.accounts.user import User
from app.models.utc import UtcDatetimeField


class UserToken(Model):
    """A token that works once, of which only the digest is kept; each user has one a purpose."""

    id: int = BigIntField(primary_key=True)
    user: ForeignKeyRelation[User] = ForeignKeyField(
        "models.User", related_name="tokens", on_delete=CASCADE
    )
    user_id: int
    purpose = CharField(max_length=20)
    digest = CharField(max_length=64, unique=True)
    expires_at = UtcDatetimeField(db_index=True)
    created_at = UtcDatetimeField(auto_now_add=True)

    class Meta(Model.Meta):
        table = "user_tokens"
        table_description = "Tokens that are sent by e-mail"
        unique_together = (("user", "purpose"),)
