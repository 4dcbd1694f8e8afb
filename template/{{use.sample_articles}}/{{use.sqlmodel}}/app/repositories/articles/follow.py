"""Where it is kept who follows whom."""

from sqlmodel import col, delete, func, select

from app.core.database.session import Session, database_errors
from app.models.articles.article import Article
from app.models.articles.follow import Follow
from app.repositories.articles.missing import insert_missing
from app.schemas.articles.profile import Reach


class FollowRepository:
    """Queries on followers, in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def add(self, follower_id: int, followed_id: int) -> None:
        """Store it, unless it is there."""
        row = {"follower_id": follower_id, "followed_id": followed_id}
        with database_errors():
            await self.session.exec(insert_missing(Follow, [row]))

    async def remove(self, follower_id: int, followed_id: int) -> None:
        """Delete it, if it is there."""
        one = delete(Follow).where(
            col(Follow.follower_id) == follower_id, col(Follow.followed_id) == followed_id
        )
        with database_errors():
            await self.session.exec(one)

    async def reach(self, profile_id: int, viewer_id: int | None) -> Reach:
        """Count what concerns somebody, in one statement."""
        followers = select(func.count()).where(col(Follow.followed_id) == profile_id)
        following = select(func.count()).where(col(Follow.follower_id) == profile_id)
        articles = select(func.count()).where(
            col(Article.author_id) == profile_id,
            col(Article.is_live).is_(True),
            col(Article.published_at).is_not(None),
        )
        counts = select(
            followers.scalar_subquery().label("followers"),
            following.scalar_subquery().label("following"),
            articles.scalar_subquery().label("articles"),
            followers.where(col(Follow.follower_id) == viewer_id)
            .scalar_subquery()
            .label("is_followed"),
        )
        row = (await self.session.exec(counts)).one()
        return Reach.model_validate(row, from_attributes=True)
