"""Where tags are kept."""

from collections.abc import Sequence

from sqlalchemy import func, select

from app.core.database.session import Session, database_errors
from app.models.articles.article import Article
from app.models.articles.article_tag import ArticleTag
from app.models.articles.tag import Tag
from app.repositories.articles.missing import insert_missing
from app.repositories.articles.visible import visible
from app.schemas.articles.tag import TagQuery, TagRead
from app.schemas.articles.viewer import Viewer
from app.schemas.page import Slice


class TagRepository:
    """Queries on tags, in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def named(self, names: Sequence[str]) -> list[Tag]:
        """Find these, and make those that there are not: all at once, and each once."""
        wanted = select(Tag).where(Tag.name.in_(names))
        found = list(await self.session.scalars(wanted))
        missing = sorted({*names} - {tag.name for tag in found})
        if not missing:
            return found
        with database_errors():
            await self.session.execute(insert_missing(Tag, [{"name": name} for name in missing]))
        return list(await self.session.scalars(wanted))

    async def used(self, query: TagQuery, viewer: Viewer) -> Slice[TagRead]:
        """Count the articles of each tag that has any, and read one page."""
        number = func.count(Article.id)
        used = (
            select(Tag.name, number)
            .join(ArticleTag, ArticleTag.tag_id == Tag.id)
            .join(Article, Article.id == ArticleTag.article_id)
            .where(visible(viewer))
            .group_by(Tag.name)
        )
        page = used.order_by(number.desc(), Tag.name).limit(query.size)
        rows = await self.session.execute(page.offset((query.page - 1) * query.size))
        total = await self.session.scalar(select(func.count()).select_from(used.subquery()))
        items = [TagRead(name=name, articles=articles) for name, articles in rows]
        return Slice(items, total or 0, query.page, query.size)
