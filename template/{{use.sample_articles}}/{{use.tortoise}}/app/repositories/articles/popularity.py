"""What others think of articles."""

from collections.abc import Sequence

from tortoise.functions import Count

from app.core.database.session import Session
from app.models.articles.comment import Comment
from app.models.articles.favourite import Favourite
from app.schemas.articles.article import Popularity


class PopularityRepository:
    """Counts for a whole list at once: three statements, however long the list is."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def of(self, ids: Sequence[int], profile_id: int | None) -> dict[int, Popularity]:
        """Count comments and favourites of each, and say which are somebody's own favourites."""
        comments = await self.numbers(Comment, ids)
        favourites = await self.numbers(Favourite, ids)
        liked = Favourite.filter(article_id__in=ids, profile_id=profile_id).using_db(self.session)
        own = {article_id for (article_id,) in await liked.values_list("article_id")}
        return {
            article_id: Popularity(
                comments=comments.get(article_id, 0),
                favourites=favourites.get(article_id, 0),
                is_favourite=article_id in own,
            )
            for article_id in ids
        }

    async def numbers(self, model: type[Comment | Favourite], ids: Sequence[int]) -> dict[int, int]:
        """Count the rows of each article that has any."""
        rows = model.filter(article_id__in=ids).using_db(self.session)
        counted = rows.annotate(number=Count("id")).group_by("article_id")
        return dict(await counted.values_list("article_id", "number"))
