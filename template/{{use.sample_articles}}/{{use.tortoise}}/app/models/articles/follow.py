"""The table of who follows whom."""

from tortoise import Model
from tortoise.fields import CASCADE, BigIntField, ForeignKeyField, ForeignKeyRelation

from app.models.articles.profile import Profile


class Follow(Model):
    """Somebody follows somebody; it goes with either."""

    id: int = BigIntField(primary_key=True)
    follower: ForeignKeyRelation[Profile] = ForeignKeyField(
        "models.Profile", related_name="following", on_delete=CASCADE
    )
    follower_id: int
    followed: ForeignKeyRelation[Profile] = ForeignKeyField(
        "models.Profile", related_name="followers", on_delete=CASCADE, db_index=True
    )
    followed_id: int

    class Meta(Model.Meta):
        table = "follows"
        table_description = "Who follows whom"
        unique_together = (("follower", "followed"),)
