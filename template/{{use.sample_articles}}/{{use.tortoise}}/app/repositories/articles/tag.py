"""Where tags are kept."""

from collections.abc import Sequence

from tortoise.expressions import Subquery
from tortoise.functions import Count

from app.core.database.session import Session, database_errors
from app.models.articles.article import Article
from app.models.articles.tag import Tag
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
        wanted = Tag.filter(name__in=names).using_db(self.session)
        found = await wanted
        missing = sorted({*names} - {tag.name for tag in found})
        if not missing:
            return found
        rows = [Tag(name=name) for name in missing]
        with database_errors():
            await Tag.bulk_create(rows, ignore_conflicts=True, using_db=self.session)
        return await wanted

    async def used(self, query: TagQuery, viewer: Viewer) -> Slice[TagRead]:
        """Count the articles of each tag that has any, and read one page."""
        seen = Subquery(Article.filter(visible(viewer)).values("id"))
        used = Tag.filter(articles__id__in=seen).using_db(self.session)
        counted = used.annotate(number=Count("articles")).group_by("name")
        page = counted.order_by("-number", "name").limit(query.size)
        rows = await page.offset((query.page - 1) * query.size).values_list("name", "number")
        total = await used.distinct().count()
        items = [TagRead(name=name, articles=number) for name, number in rows]
        return Slice(items, total, query.page, query.size)
