"""What others think of articles."""

from collections.abc import Sequence

from sqlmodel import case, col, func, select

from app.core.database.session import Session
from app.models.articles.comment import Comment
from app.models.articles.favourite import Favourite
from app.schemas.articles.article import Popularity


class PopularityRepository:
    """Counts for a whole list at once: two statements, however long the list is."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def of(self, ids: Sequence[int], profile_id: int | None) -> dict[int, Popularity]:
        """Count comments and favourites of each, and say which are somebody's own favourites."""
        found = {article_id: Popularity() for article_id in ids}
        for article_id, number in await self.session.exec(
            select(col(Comment.article_id), func.count())
            .where(col(Comment.article_id).in_(ids))
            .group_by(col(Comment.article_id))
        ):
            found[article_id].comments = number
        is_own = case((col(Favourite.profile_id) == profile_id, 1), else_=0)
        for article_id, number, own in await self.session.exec(
            select(col(Favourite.article_id), func.count(), func.max(is_own))
            .where(col(Favourite.article_id).in_(ids))
            .group_by(col(Favourite.article_id))
        ):
            found[article_id].favourites = number
            found[article_id].is_favourite = own == 1
        return found
