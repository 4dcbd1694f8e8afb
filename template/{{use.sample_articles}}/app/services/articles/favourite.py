"""What somebody likes."""

from app.repositories.articles.article import ArticleRepository
from app.repositories.articles.favourite import FavouriteRepository
from app.schemas.articles.viewer import Viewer
from app.services.articles.rules import author_of, no_article


class FavouriteService:
    """Rules on favourites: said twice is said once."""

    def __init__(
        self, favourites: FavouriteRepository, articles: ArticleRepository, viewer: Viewer
    ) -> None:
        self.favourites = favourites
        self.articles = articles
        self.viewer = viewer

    async def add(self, slug: str) -> None:
        """Like an article."""
        profile_id = author_of(self.viewer)
        await self.favourites.add(profile_id, await self.find(slug))

    async def remove(self, slug: str) -> None:
        """Like it no longer."""
        profile_id = author_of(self.viewer)
        await self.favourites.remove(profile_id, await self.find(slug))

    async def find(self, slug: str) -> int:
        """Hold an article that nobody deletes meanwhile."""
        article = await self.articles.lock(slug, self.viewer)
        if article is None:
            raise no_article()
        return article.id
