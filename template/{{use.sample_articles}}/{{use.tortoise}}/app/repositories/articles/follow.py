"""Where it is kept who follows whom."""

from app.core.database.session import Session, database_errors
from app.models.articles.article import Article
from app.models.articles.follow import Follow
from app.schemas.articles.profile import Reach


class FollowRepository:
    """Queries on followers, in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def add(self, follower_id: int, followed_id: int) -> None:
        """Store it, unless it is there."""
        row = Follow(follower_id=follower_id, followed_id=followed_id)
        with database_errors():
            await Follow.bulk_create([row], ignore_conflicts=True, using_db=self.session)

    async def remove(self, follower_id: int, followed_id: int) -> None:
        """Delete it, if it is there."""
        one = Follow.filter(follower_id=follower_id, followed_id=followed_id)
        with database_errors():
            await one.using_db(self.session).delete()

    async def reach(self, profile_id: int, viewer_id: int | None) -> Reach:
        """Count what concerns somebody."""
        followers = Follow.filter(followed_id=profile_id).using_db(self.session)
        following = Follow.filter(follower_id=profile_id).using_db(self.session)
        articles = Article.filter(
            author_id=profile_id, is_live=True, published_at__not_isnull=True
        ).using_db(self.session)
        return Reach(
            followers=await followers.count(),
            following=await following.count(),
            articles=await articles.count(),
            is_followed=await followers.filter(follower_id=viewer_id).exists(),
        )
