"""What those publish whom somebody follows."""

from collections.abc import Sequence

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import defer

from app.core.database.session import Session
from app.models.articles.article import Article
from app.models.articles.follow import Follow
from app.repositories.articles.listing import WITH_RELATIONS
from app.schemas.articles.feed import Position


class FeedRepository:
    """Queries for feeds, in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def read(self, follower_id: int, after: Position | None, limit: int) -> Sequence[Article]:
        """Read so many, the newest first, beginning behind a position.

        Nothing is skipped or counted, so a page far back takes no longer than the first.
        """
        feed = (
            select(Article)
            .join(Follow, Follow.followed_id == Article.author_id)
            .where(
                Follow.follower_id == follower_id,
                Article.is_live.is_(True),
                Article.published_at.is_not(None),
            )
        )
        if after is not None:
            at_once = and_(Article.published_at == after.published_at, Article.id < after.id)
            feed = feed.where(or_(Article.published_at < after.published_at, at_once))
        newest = feed.order_by(Article.published_at.desc(), Article.id.desc()).limit(limit)
        return list(
            await self.session.scalars(newest.options(*WITH_RELATIONS, defer(Article.body)))
        )
