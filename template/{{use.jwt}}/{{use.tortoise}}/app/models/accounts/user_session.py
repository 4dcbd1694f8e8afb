"""The table of sessions."""

from tortoise import Model
from tortoise.fields import CASCADE, CharField, ForeignKeyField, ForeignKeyRelation

from app.models.accounts.user import User
from app.models.utc import UtcDatetimeField


class UserSession(Model):
    """What began with a sign-in. ``refresh_digest`` is of the one refresh token that is good."""

    id = CharField(max_length=32, primary_key=True)
    user: ForeignKeyRelation[User] = ForeignKeyField(
        "models.User", related_name="sessions", on_delete=CASCADE, db_index=True
    )
    user_id: int
    created_at = UtcDatetimeField(auto_now_add=True)
    refresh_digest = CharField(max_length=64)
    expires_at = UtcDatetimeField(db_index=True)
    last_used_at = UtcDatetimeField(auto_now_add=True)
    revoked_at = UtcDatetimeField(null=True)
    address = CharField(max_length=45)

    class Meta(Model.Meta):
        table = "user_sessions"
        table_description = "What began with a sign-in"
