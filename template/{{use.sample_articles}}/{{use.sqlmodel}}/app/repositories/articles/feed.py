"""What those publish whom somebody follows."""

from collections.abc import Sequence

from sqlalchemy.orm import defer
from sqlmodel import and_, col, or_, select

from app.core.database.session import Session
from app.models.articles.article import Article
from app.models.articles.follow import Follow
from app.repositories.articles.attribute import attribute
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
            .join(Follow, col(Follow.followed_id) == col(Article.author_id))
            .where(
                col(Follow.follower_id) == follower_id,
                col(Article.is_live).is_(True),
                col(Article.published_at).is_not(None),
            )
        )
        if after is not None:
            at_once = and_(
                col(Article.published_at) == after.published_at, col(Article.id) < after.id
            )
            feed = feed.where(or_(col(Article.published_at) < after.published_at, at_once))
        newest = feed.order_by(col(Article.published_at).desc(), col(Article.id).desc()).limit(
            limit
        )
        rows = newest.options(*WITH_RELATIONS, defer(attribute(Article.body)))
        return list((await self.session.exec(rows)).all())
