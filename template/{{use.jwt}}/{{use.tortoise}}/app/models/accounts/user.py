"""The table of users."""

from tortoise import Model
from tortoise.fields import BigIntField, BooleanField, CharField

from app.models.base import Timestamped
from app.models.utc import UtcDatetimeField


class User(Timestamped, Model):
    """Somebody who signs in; not before the e-mail is verified, and not once deactivated."""

    id: int = BigIntField(primary_key=True)
    email = CharField(max_length=254, unique=True)
    password_hash = CharField(max_length=255)
    role = CharField(max_length=20)
    is_active = BooleanField(default=True)
    verified_at = UtcDatetimeField(null=True)

    class Meta(Model.Meta):
        table = "users"
        table_description = "Who signs in"
