"""Where it is kept who likes what."""

from sqlalchemy import delete

from app.core.database.session import Session, database_errors
from app.models.articles.favourite import Favourite
from app.repositories.articles.missing import insert_missing


class FavouriteRepository:
    """Queries on favourites, in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def add(self, profile_id: int, article_id: int) -> None:
        """Store one, unless it is there."""
        row = {"profile_id": profile_id, "article_id": article_id}
        with database_errors():
            await self.session.execute(insert_missing(Favourite, [row]))

    async def remove(self, profile_id: int, article_id: int) -> None:
        """Delete one, if it is there."""
        one = delete(Favourite).where(
            Favourite.profile_id == profile_id, Favourite.article_id == article_id
        )
        with database_errors():
            await self.session.execute(one)
