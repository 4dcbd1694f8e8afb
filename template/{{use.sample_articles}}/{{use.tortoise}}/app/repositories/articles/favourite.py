"""Where it is kept who likes what."""

from app.core.database.session import Session, database_errors
from app.models.articles.favourite import Favourite


class FavouriteRepository:
    """Queries on favourites, in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def add(self, profile_id: int, article_id: int) -> None:
        """Store one, unless it is there."""
        row = Favourite(profile_id=profile_id, article_id=article_id)
        with database_errors():
            await Favourite.bulk_create([row], ignore_conflicts=True, using_db=self.session)

    async def remove(self, profile_id: int, article_id: int) -> None:
        """Delete one, if it is there."""
        one = Favourite.filter(profile_id=profile_id, article_id=article_id)
        with database_errors():
            await one.using_db(self.session).delete()
