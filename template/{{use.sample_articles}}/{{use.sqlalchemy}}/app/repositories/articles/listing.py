"""What may be asked of a list of articles."""

from collections.abc import Sequence
from typing import Final, cast

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import defer, joinedload, selectinload

from app.models.articles.article import Article
from app.models.articles.favourite import Favourite
from app.models.articles.profile import Profile
from app.models.articles.tag import Tag
from app.repositories.page import Listing

WITH_RELATIONS: Final = (joinedload(Article.author), selectinload(Article.tags))
"""The author comes along in the same statement, and the tags of all rows in one more."""


class ArticleListing(Listing[Article]):
    """Lists articles with their relations, and without what is written in them."""

    def rows(self) -> Select[Article]:
        """Select what a list shows."""
        return super().rows().options(*WITH_RELATIONS, defer(Article.body))


def has_any(names: object) -> ColumnElement[bool]:
    """Find what has one of these tags, or more."""
    return Article.tags.any(Tag.name.in_(cast("Sequence[str]", names)))


def is_favourite_of(handle: object) -> ColumnElement[bool]:
    """Find what somebody likes."""
    liked = select(Favourite.article_id).join(Profile, Profile.id == Favourite.profile_id)
    return Article.id.in_(liked.where(Profile.handle == handle))


LISTING: Final = ArticleListing(
    model=Article,
    key=Article.id,
    sorts={
        "created_at": Article.created_at,
        "title": Article.title,
        "views": Article.views,
    },
    filters={
        "title": lambda part: Article.title.icontains(part, autoescape=True),
        "author": lambda handle: Article.author.has(Profile.handle == handle),
        "favourite_of": is_favourite_of,
        "tag": has_any,
        "without_tag": lambda names: ~has_any(names),
        "published": lambda is_it: (
            Article.published_at.is_not(None) if is_it else Article.published_at.is_(None)
        ),
        "published_from": lambda moment: Article.published_at >= moment,
        "published_to": lambda moment: Article.published_at <= moment,
    },
)
