"""The table of profiles."""

from tortoise import Model
from tortoise.fields import (
    CASCADE,
    BigIntField,
    CharField,
    OneToOneField,
    OneToOneRelation,
)

from app.models.accounts.user import User
from app.models.base import Timestamped


class Profile(Timestamped, Model):
    """What others know of a user, one for each; it goes when the user goes."""

    id: int = BigIntField(primary_key=True)
    user: OneToOneRelation[User] = OneToOneField(
        "models.User", related_name="profile", on_delete=CASCADE
    )
    user_id: int
    handle = CharField(max_length=30, unique=True)
    bio = CharField(max_length=300)

    class Meta(Model.Meta):
        table = "profiles"
        table_description = "What others know of a user"
