"""Where comments are kept."""

from typing import Final

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from app.core.database.session import Session, database_errors
from app.models.articles.comment import Comment
from app.repositories.page import Listing
from app.schemas.articles.comment import CommentQuery
from app.schemas.page import Slice


class CommentListing(Listing[Comment]):
    """Lists comments with their authors."""

    def rows(self) -> QuerySet[Comment]:
        """Select what a list shows."""
        return super().rows().select_related("author")


LISTING: Final = CommentListing(model=Comment, key="id", sorts={"created_at"}, filters={})


class CommentRepository:
    """Queries on comments, in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def get(self, article_id: int, comment_id: int) -> Comment | None:
        """Find one of an article."""
        return await Comment.get_or_none(
            id=comment_id, article_id=article_id, using_db=self.session
        )

    async def list(self, article_id: int, query: CommentQuery) -> Slice[Comment]:
        """Read one page of those of an article."""
        return await LISTING.fetch(self.session, query, query.sort, Q(article_id=article_id))

    async def add(self, article_id: int, author_id: int, body: str) -> Comment:
        """Store a new one, and load its author."""
        values = {"article_id": article_id, "author_id": author_id, "body": body}
        with database_errors():
            comment = await Comment.create(using_db=self.session, **values)
        await comment.fetch_related("author", using_db=self.session)
        return comment

    async def delete(self, comment: Comment) -> None:
        """Remove one, which somebody else may have removed meanwhile."""
        with database_errors():
            await Comment.filter(id=comment.id).using_db(self.session).delete()

    async def clear(self, article_id: int) -> None:
        """Remove all of an article in one statement."""
        with database_errors():
            await Comment.filter(article_id=article_id).using_db(self.session).delete()
