"""What may be asked of a list of articles."""

from collections.abc import Sequence
from typing import Final, cast

from sqlalchemy import ColumnElement
from sqlalchemy.orm import defer, joinedload, selectinload
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.models.articles.article import Article
from app.models.articles.favourite import Favourite
from app.models.articles.profile import Profile
from app.models.articles.tag import Tag
from app.repositories.articles.attribute import attribute
from app.repositories.page import Listing

WITH_RELATIONS: Final = (
    joinedload(attribute(Article.author)),
    selectinload(attribute(Article.tags)),
)
"""The author comes along in the same statement, and the tags of all rows in one more."""


class ArticleListing(Listing[Article]):
    """Lists articles with their relations, and without what is written in them."""

    def rows(self) -> SelectOfScalar[Article]:
        """Select what a list shows."""
        return super().rows().options(*WITH_RELATIONS, defer(attribute(Article.body)))


def has_any(names: object) -> ColumnElement[bool]:
    """Find what has one of these tags, or more."""
    return col(Article.tags).any(col(Tag.name).in_(cast("Sequence[str]", names)))


def is_favourite_of(handle: object) -> ColumnElement[bool]:
    """Find what somebody likes."""
    liked = select(col(Favourite.article_id)).join(
        Profile, col(Profile.id) == col(Favourite.profile_id)
    )
    return col(Article.id).in_(liked.where(col(Profile.handle) == handle))


LISTING: Final = ArticleListing(
    model=Article,
    key=col(Article.id),
    sorts={
        "created_at": col(Article.created_at),
        "title": col(Article.title),
        "views": col(Article.views),
    },
    filters={
        "title": lambda part: col(Article.title).icontains(part, autoescape=True),
        "author": lambda handle: col(Article.author).has(col(Profile.handle) == handle),
        "favourite_of": is_favourite_of,
        "tag": has_any,
        "without_tag": lambda names: ~has_any(names),
        "published": lambda is_it: (
            col(Article.published_at).is_not(None) if is_it else col(Article.published_at).is_(None)
        ),
        "published_from": lambda moment: col(Article.published_at) >= moment,
        "published_to": lambda moment: col(Article.published_at) <= moment,
    },
)
