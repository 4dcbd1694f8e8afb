"""What those publish whom somebody follows."""

from app.models.articles.article import Article
from app.repositories.articles.feed import FeedRepository
from app.schemas.articles.feed import FeedPage, FeedQuery, Position
from app.services.articles.rules import author_of
from app.services.articles.shown import ArticleView


class FeedService:
    """The feed of whoever asks."""

    def __init__(self, feed: FeedRepository, view: ArticleView) -> None:
        self.feed = feed
        self.view = view

    async def read(self, query: FeedQuery) -> FeedPage:
        """Read one page, the newest first. It takes as long wherever in the feed it is."""
        after = None if query.after is None else Position.parse(query.after)
        found = await self.feed.read(author_of(self.view.viewer), after, query.size + 1)
        items = found[: query.size]
        is_last = len(found) <= query.size
        return FeedPage(
            items=await self.view.summaries(items), next=None if is_last else position_of(items[-1])
        )


def position_of(article: Article) -> str:
    """Say where an article is, which has been published."""
    assert article.published_at is not None  # noqa: S101 - as the query has it
    return str(Position(article.published_at, article.id))
