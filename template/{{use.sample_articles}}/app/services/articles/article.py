"""What can be done with articles."""

from collections.abc import Callable, Sequence

from app.models.articles.article import Article
from app.models.utc import utc_now
from app.repositories.articles.article import ArticleRepository
from app.repositories.articles.tag import TagRepository
from app.schemas.articles.article import (
    ArticleCreate,
    ArticleQuery,
    ArticleRead,
    ArticleSummary,
    ArticleUpdate,
)
from app.schemas.articles.names import slug_of
from app.schemas.page import Slice
from app.services.articles.rules import author_of, must_be_theirs, no_article, taken
from app.services.articles.shown import ArticleView

Precondition = Callable[[int], None]

SLUG_TAKEN = ("slug_taken", "There is an article of this slug.")


class ArticleService:
    """Rules on articles. ``precondition`` is given a version and raises to refuse a change."""

    def __init__(self, articles: ArticleRepository, tags: TagRepository, view: ArticleView) -> None:
        self.articles = articles
        self.tags = tags
        self.view = view
        self.viewer = view.viewer

    async def list(self, query: ArticleQuery) -> Slice[ArticleSummary]:
        """Read one page of those that whoever asks may see."""
        page = await self.articles.list(query, self.viewer)
        return Slice(await self.view.summaries(page.items), page.total, page.page, page.size)

    async def get(self, slug: str) -> ArticleRead:
        """Find an article or raise NotFoundError."""
        return await self.view.whole(await self.find(slug))

    async def find(self, slug: str) -> Article:
        """Find its row or raise NotFoundError."""
        article = await self.articles.get(slug, self.viewer)
        if article is None:
            raise no_article()
        return article

    async def create(self, body: ArticleCreate) -> ArticleRead:
        """Write an article, if its slug is not taken."""
        values = {
            "author_id": author_of(self.viewer),
            "slug": body.slug or slug_of(body.title),
            "published_at": utc_now() if body.is_published else None,
            **body.model_dump(include={"title", "summary", "body"}),
        }
        tags = await self.tags.named(body.tags)
        with taken(*SLUG_TAKEN):
            await self.articles.add(values, tags)
        return await self.get(str(values["slug"]))

    async def update(
        self, slug: str, body: ArticleUpdate, precondition: Precondition
    ) -> ArticleRead:
        """Change what ``body`` holds."""
        article = await self.own(slug, precondition)
        values = body.model_dump(exclude_unset=True, exclude={"tags", "is_published"})
        if "is_published" in body.model_fields_set:
            first = article.published_at or utc_now()
            values["published_at"] = first if body.is_published else None
        tags = await self.tags.named(body.tags) if "tags" in body.model_fields_set else None
        with taken(*SLUG_TAKEN):
            await self.articles.update(article, values, tags)
        return await self.get(article.slug)

    async def delete(self, slug: str, precondition: Precondition) -> None:
        """Remove an article from everywhere; its slug is free again."""
        await self.articles.delete(await self.own(slug, precondition))

    async def restore(self, slug: str) -> ArticleRead:
        """Bring back the article that was the last one to be removed under this slug."""
        article = await self.articles.get_deleted(slug, self.viewer)
        if article is None:
            raise no_article()
        with taken(*SLUG_TAKEN):
            await self.articles.restore(article)
        return await self.get(slug)

    async def publish(self, slugs: Sequence[str]) -> int:
        """Publish drafts that are theirs, all at once; count them."""
        return await self.articles.publish(slugs, self.viewer)

    async def count_view(self, slug: str) -> None:
        """Count that somebody read it."""
        if not await self.articles.count_view(slug, self.viewer):
            raise no_article()

    async def own(self, slug: str, precondition: Precondition) -> Article:
        """Find what whoever asks may change, as they know it.

        It is locked by its slug, as whoever comments it does: in one order, nobody waits for ever.
        """
        await self.articles.lock(slug, self.viewer)
        article = await self.find(slug)
        must_be_theirs(self.viewer, article.author_id)
        precondition(article.version)
        return article
