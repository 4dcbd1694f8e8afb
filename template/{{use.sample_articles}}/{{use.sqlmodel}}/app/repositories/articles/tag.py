"""Where tags are kept."""

from collections.abc import Sequence

from sqlmodel import col, func, select

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
        wanted = select(Tag).where(col(Tag.name).in_(names))
        found = list((await self.session.exec(wanted)).all())
        missing = sorted({*names} - {tag.name for tag in found})
        if not missing:
            return found
        with database_errors():
            await self.session.exec(insert_missing(Tag, [{"name": name} for name in missing]))
        return list((await self.session.exec(wanted)).all())

    async def used(self, query: TagQuery, viewer: Viewer) -> Slice[TagRead]:
        """Count the articles of each tag that has any, and read one page."""
        number = func.count(col(Article.id))
        used = (
            select(col(Tag.name), number)
            .join(ArticleTag, col(ArticleTag.tag_id) == col(Tag.id))
            .join(Article, col(Article.id) == col(ArticleTag.article_id))
            .where(visible(viewer))
            .group_by(col(Tag.name))
        )
        page = used.order_by(number.desc(), col(Tag.name)).limit(query.size)
        rows = await self.session.exec(page.offset((query.page - 1) * query.size))
        total = (await self.session.exec(select(func.count()).select_from(used.subquery()))).first()
        items = [TagRead(name=name, articles=articles) for name, articles in rows]
        return Slice(items, total or 0, query.page, query.size)
