"""Which tags there are."""

from app.repositories.articles.tag import TagRepository
from app.schemas.articles.tag import TagQuery, TagRead
from app.schemas.articles.viewer import Viewer
from app.schemas.page import Slice


class TagService:
    """Tags come with the articles that have them."""

    def __init__(self, tags: TagRepository, viewer: Viewer) -> None:
        self.tags = tags
        self.viewer = viewer

    async def list(self, query: TagQuery) -> Slice[TagRead]:
        """Read one page, the most used ones first."""
        return await self.tags.used(query, self.viewer)
