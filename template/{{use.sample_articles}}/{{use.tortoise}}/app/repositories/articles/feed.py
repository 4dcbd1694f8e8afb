"""What those publish whom somebody follows."""

from collections.abc import Sequence

from tortoise.expressions import Q

from app.core.database.session import Session
from app.models.articles.article import Article
from app.repositories.articles.listing import with_relations
from app.schemas.articles.feed import Position


class FeedRepository:
    """Queries for feeds, in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def read(self, follower_id: int, after: Position | None, limit: int) -> Sequence[Article]:
        """Read so many, the newest first, beginning behind a position.

        Nothing is skipped or counted, so a page far back takes no longer than the first.
        """
        feed = Article.filter(
            author__followers__follower_id=follower_id,
            is_live=True,
            published_at__not_isnull=True,
        ).using_db(self.session)
        if after is not None:
            at_once = Q(published_at=after.published_at, id__lt=after.id)
            feed = feed.filter(Q(published_at__lt=after.published_at) | at_once)
        return await with_relations(feed).order_by("-published_at", "-id").limit(limit)
