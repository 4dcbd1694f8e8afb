"""The table of comments."""

from tortoise import Model
from tortoise.fields import (
    CASCADE,
    SET_NULL,
    BigIntField,
    CharField,
    ForeignKeyField,
    ForeignKeyNullableRelation,
    ForeignKeyRelation,
)

from app.models.articles.article import Article
from app.models.articles.profile import Profile
from app.models.utc import UtcDatetimeField


class Comment(Model):
    """What somebody said. It goes with the article, and stays when its author goes."""

    id: int = BigIntField(primary_key=True)
    article: ForeignKeyRelation[Article] = ForeignKeyField(
        "models.Article", related_name="comments", on_delete=CASCADE, db_index=True
    )
    article_id: int
    author: ForeignKeyNullableRelation[Profile] = ForeignKeyField(
        "models.Profile", related_name="comments", on_delete=SET_NULL, null=True, db_index=True
    )
    author_id: int | None
    body = CharField(max_length=2000)
    created_at = UtcDatetimeField(auto_now_add=True)

    class Meta(Model.Meta):
        table = "comments"
        table_description = "What was said"
