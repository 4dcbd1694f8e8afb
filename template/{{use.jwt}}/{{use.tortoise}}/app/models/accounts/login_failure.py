"""The table of sign-ins that have not succeeded."""

from tortoise import Model
from tortoise.fields import BigIntField, CharField

from app.models.utc import UtcDatetimeField


class LoginFailure(Model):
    """An attempt to sign in. ``account`` is the digest of an e-mail, of a user or of nobody."""

    id: int = BigIntField(primary_key=True)
    account = CharField(max_length=64, db_index=True)
    address = CharField(max_length=45, db_index=True)
    created_at = UtcDatetimeField(auto_now_add=True, db_index=True)

    class Meta(Model.Meta):
        table = "login_failures"
        table_description = "Sign-ins that have not succeeded"
