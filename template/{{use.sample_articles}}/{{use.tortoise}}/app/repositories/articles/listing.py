"""What may be asked of a list of articles."""

from collections.abc import Iterator
from typing import Final

from tortoise.expressions import Q, Subquery
from tortoise.queryset import QuerySet

from app.models.articles.article import Article
from app.repositories.page import Listing
from app.schemas.articles.article import ArticleQuery


def with_relations(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Let the author come along in the same statement, and the tags of all rows in one more."""
    return articles.select_related("author").prefetch_related("tags")


class ArticleListing(Listing[Article]):
    """Lists articles with their relations."""

    def rows(self) -> QuerySet[Article]:
        """Select what a list shows."""
        return with_relations(super().rows())


def tagged(query: ArticleQuery) -> Iterator[Q]:
    """Find what has one of these tags, and none of those; each article once."""
    if query.tag:
        yield Q(id__in=having(query.tag))
    if query.without_tag:
        yield Q(id__not_in=having(query.without_tag))


def having(names: list[str]) -> Subquery:
    """Find what has one of these tags, or more."""
    return Subquery(Article.filter(tags__name__in=names).values("id"))


LISTING: Final = ArticleListing(
    model=Article,
    key="id",
    sorts={"created_at", "title", "views"},
    filters={
        "title": "title__icontains",
        "author": "author__handle",
        "favourite_of": "favourites__profile__handle",
        "published": "published_at__not_isnull",
        "published_from": "published_at__gte",
        "published_to": "published_at__lte",
    },
)
