"""Where articles are kept."""

from collections.abc import Mapping, Sequence

from tortoise.expressions import F

from app.core.database.session import Session, database_errors
from app.core.errors import PreconditionFailedError
from app.models.articles.article import Article
from app.models.articles.tag import Tag
from app.models.utc import utc_now
from app.repositories.articles.listing import LISTING, tagged, with_relations
from app.repositories.articles.visible import theirs, visible
from app.schemas.articles.article import ArticleQuery
from app.schemas.articles.viewer import Viewer
from app.schemas.page import Slice


class ArticleRepository:
    """Queries on articles, in the caller's transaction: each for somebody who may see them."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def get(self, slug: str, viewer: Viewer) -> Article | None:
        """Find one with its author and its tags."""
        one = Article.filter(visible(viewer), slug=slug).using_db(self.session)
        return await with_relations(one).get_or_none()

    async def lock(self, slug: str, viewer: Viewer) -> Article | None:
        """Find one as it is now, and let no one change or delete it until the transaction ends."""
        locked = Article.select_for_update(using_db=self.session)
        return await locked.filter(visible(viewer), slug=slug).get_or_none()

    async def list(self, query: ArticleQuery, viewer: Viewer) -> Slice[Article]:
        """Read one page."""
        conditions = (visible(viewer), *tagged(query))
        return await LISTING.fetch(self.session, query, query.sort, *conditions)

    async def add(self, values: Mapping[str, object], tags: Sequence[Tag]) -> None:
        """Store a new one."""
        with database_errors():
            article = await Article.create(using_db=self.session, **values)
            await article.tags.add(*tags, using_db=self.session)

    async def update(
        self, article: Article, values: Mapping[str, object], tags: Sequence[Tag] | None
    ) -> None:
        """Change it, unless someone else did since it was read; ``tags`` replace what it has."""
        changes = {**values, "version": article.version + 1, "updated_at": utc_now()}
        expected = Article.filter(id=article.id, version=article.version).using_db(self.session)
        with database_errors():
            if await expected.update(**changes) == 0:
                raise PreconditionFailedError("It was changed by someone else meanwhile.")
        for name, value in changes.items():
            setattr(article, name, value)
        if tags is not None:
            await article.tags.clear(using_db=self.session)
            await article.tags.add(*tags, using_db=self.session)

    async def delete(self, article: Article) -> None:
        """Hide it from every query, unless someone changed it since it was read."""
        await self.update(article, {"deleted_at": utc_now(), "is_live": None}, None)

    async def get_deleted(self, slug: str, viewer: Viewer) -> Article | None:
        """Find the one that was deleted last, and let no one else restore it meanwhile."""
        deleted = Article.select_for_update(using_db=self.session).filter(
            theirs(viewer), slug=slug, deleted_at__not_isnull=True
        )
        return await deleted.order_by("-deleted_at", "-id").first()

    async def restore(self, article: Article) -> None:
        """Show it again."""
        await self.update(article, {"deleted_at": None, "is_live": True}, None)

    async def publish(self, slugs: Sequence[str], viewer: Viewer) -> int:
        """Publish drafts in one statement, and count them."""
        now = utc_now()
        drafts = Article.filter(
            visible(viewer), theirs(viewer), slug__in=slugs, published_at__isnull=True
        ).using_db(self.session)
        with database_errors():
            return await drafts.update(published_at=now, updated_at=now, version=F("version") + 1)

    async def count_view(self, slug: str, viewer: Viewer) -> bool:
        """Add one in the database, where no one else's is lost; whether there is the article."""
        seen = Article.filter(visible(viewer), slug=slug).using_db(self.session)
        with database_errors():
            return await seen.update(views=F("views") + 1) == 1
