"""Where articles are kept."""

from collections.abc import Mapping, Sequence

from sqlmodel import col, select, update

from app.core.database.session import Session, database_errors
from app.models.articles.article import Article
from app.models.articles.tag import Tag
from app.models.utc import utc_now
from app.repositories.articles.listing import LISTING, WITH_RELATIONS
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
        statement = select(Article).where(col(Article.slug) == slug, visible(viewer))
        return (await self.session.exec(statement.options(*WITH_RELATIONS))).first()

    async def lock(self, slug: str, viewer: Viewer) -> Article | None:
        """Find one as it is now, and let no one change or delete it until the transaction ends."""
        statement = select(Article).where(col(Article.slug) == slug, visible(viewer))
        latest = statement.with_for_update().execution_options(populate_existing=True)
        return (await self.session.exec(latest)).first()

    async def list(self, query: ArticleQuery, viewer: Viewer) -> Slice[Article]:
        """Read one page."""
        return await LISTING.fetch(self.session, query, query.sort, visible(viewer))

    async def add(self, values: Mapping[str, object], tags: Sequence[Tag]) -> None:
        """Store a new one."""
        article = Article.model_validate(values)
        article.tags = list(tags)
        self.session.add(article)
        with database_errors():
            await self.session.flush()

    async def update(
        self, article: Article, values: Mapping[str, object], tags: Sequence[Tag] | None
    ) -> None:
        """Change it, unless someone else did since it was read; ``tags`` replace what it has."""
        article.sqlmodel_update(dict(values))
        if tags is not None:
            article.tags = list(tags)
        article.updated_at = utc_now()  # new tags are a new version, too
        with database_errors():
            await self.session.flush()

    async def delete(self, article: Article) -> None:
        """Hide it from every query, unless someone changed it since it was read."""
        await self.update(article, {"deleted_at": utc_now(), "is_live": None}, None)

    async def get_deleted(self, slug: str, viewer: Viewer) -> Article | None:
        """Find the one that was deleted last, and let no one else restore it meanwhile."""
        deleted = select(Article).where(
            col(Article.slug) == slug, col(Article.deleted_at).is_not(None), theirs(viewer)
        )
        latest = deleted.order_by(col(Article.deleted_at).desc(), col(Article.id).desc()).limit(1)
        return (await self.session.exec(latest.with_for_update())).first()

    async def restore(self, article: Article) -> None:
        """Show it again."""
        await self.update(article, {"deleted_at": None, "is_live": True}, None)

    async def publish(self, slugs: Sequence[str], viewer: Viewer) -> int:
        """Publish drafts in one statement, and count them."""
        drafts = update(Article).where(
            col(Article.slug).in_(slugs),
            col(Article.published_at).is_(None),
            visible(viewer),
            theirs(viewer),
        )
        values = {"published_at": utc_now(), "version": col(Article.version) + 1}
        with database_errors():
            return (await self.session.exec(drafts.values(**values))).rowcount

    async def count_view(self, slug: str, viewer: Viewer) -> bool:
        """Add one in the database, where no one else's is lost; whether there is the article."""
        seen = update(Article).where(col(Article.slug) == slug, visible(viewer))
        values = {"views": col(Article.views) + 1, "updated_at": col(Article.updated_at)}
        with database_errors():
            return (await self.session.exec(seen.values(**values))).rowcount == 1
