"""How articles are shown: with their tags, their author, and what others think of them."""

from collections.abc import Mapping, Sequence

from app.models.articles.article import Article
from app.repositories.articles.popularity import PopularityRepository
from app.schemas.articles.article import ArticleRead, ArticleSummary, Popularity
from app.schemas.articles.profile import AuthorRead
from app.schemas.articles.viewer import Viewer


class ArticleView:
    """Shows articles to somebody. A list costs as many statements as one article."""

    def __init__(self, popularity: PopularityRepository, viewer: Viewer) -> None:
        self.popularity = popularity
        self.viewer = viewer

    async def summaries(self, articles: Sequence[Article]) -> list[ArticleSummary]:
        """Show a list."""
        found = await self.popularity.of([each.id for each in articles], self.viewer.profile_id)
        return [ArticleSummary.model_validate(summary(each, found)) for each in articles]

    async def whole(self, article: Article) -> ArticleRead:
        """Show one, with what is written in it."""
        found = await self.popularity.of([article.id], self.viewer.profile_id)
        return ArticleRead.model_validate({**summary(article, found), "body": article.body})


def summary(article: Article, popularity: Mapping[int, Popularity]) -> dict[str, object]:
    """Put together what every view of an article has."""
    return {
        "slug": article.slug,
        "title": article.title,
        "summary": article.summary,
        "author": AuthorRead.model_validate(article.author),
        "tags": sorted(tag.name for tag in article.tags),
        "published_at": article.published_at,
        "views": article.views,
        "popularity": popularity.get(article.id, Popularity()),
        "version": article.version,
        "created_at": article.created_at,
        "updated_at": article.updated_at,
    }
