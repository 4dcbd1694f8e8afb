"""The table of articles."""

from tortoise import Model
from tortoise.fields import (
    CASCADE,
    RESTRICT,
    BigIntField,
    BooleanField,
    CharField,
    ForeignKeyField,
    ForeignKeyRelation,
    IntField,
    ManyToManyField,
    ManyToManyRelation,
    TextField,
)

from app.models.articles.profile import Profile
from app.models.articles.tag import Tag
from app.models.base import Timestamped
from app.models.utc import UtcDatetimeField


class Article(Timestamped, Model):
    """What somebody wrote: a draft until it is published. ``version`` grows with each change.

    Nobody who has articles is deleted: first decide what becomes of them. ``is_live`` is NULL once
    it is deleted, and no NULL equals another: so its slug is free again.
    """

    id: int = BigIntField(primary_key=True)
    author: ForeignKeyRelation[Profile] = ForeignKeyField(
        "models.Profile", related_name="articles", on_delete=RESTRICT, db_index=True
    )
    author_id: int
    slug = CharField(max_length=100)
    is_live = BooleanField(null=True, default=True)
    title = CharField(max_length=150)
    summary = CharField(max_length=300)
    body = TextField()
    views = IntField(default=0)
    published_at = UtcDatetimeField(null=True, db_index=True)
    deleted_at = UtcDatetimeField(null=True)
    version = IntField(default=1)
    tags: ManyToManyRelation[Tag] = ManyToManyField(
        "models.Tag",
        through="article_tags",
        forward_key="tag_id",
        backward_key="article_id",
        related_name="articles",
        on_delete=CASCADE,
    )

    class Meta(Model.Meta):
        table = "articles"
        table_description = "What somebody wrote"
        unique_together = (("slug", "is_live"),)
