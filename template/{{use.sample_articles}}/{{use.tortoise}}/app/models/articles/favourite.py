"""The table of who likes what."""

from tortoise import Model
from tortoise.fields import CASCADE, BigIntField, ForeignKeyField, ForeignKeyRelation

from app.models.articles.article import Article
from app.models.articles.profile import Profile


class Favourite(Model):
    """Somebody likes an article; it goes with either."""

    id: int = BigIntField(primary_key=True)
    profile: ForeignKeyRelation[Profile] = ForeignKeyField(
        "models.Profile", related_name="favourites", on_delete=CASCADE
    )
    profile_id: int
    article: ForeignKeyRelation[Article] = ForeignKeyField(
        "models.Article", related_name="favourites", on_delete=CASCADE, db_index=True
    )
    article_id: int

    class Meta(Model.Meta):
        table = "favourites"
        table_description = "Who likes what"
        unique_together = (("profile", "article"),)
