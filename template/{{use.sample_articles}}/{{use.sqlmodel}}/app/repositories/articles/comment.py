"""Where comments are kept."""

from typing import Final

from sqlalchemy.orm import joinedload
from sqlmodel import col, delete, select
from sqlmodel.sql.expression import SelectOfScalar

from app.core.database.session import Session, database_errors
from app.models.articles.comment import Comment
from app.repositories.articles.attribute import attribute
from app.repositories.page import Listing
from app.schemas.articles.comment import CommentQuery
from app.schemas.page import Slice


class CommentListing(Listing[Comment]):
    """Lists comments with their authors."""

    def rows(self) -> SelectOfScalar[Comment]:
        """Select what a list shows."""
        return super().rows().options(joinedload(attribute(Comment.author)))


LISTING: Final = CommentListing(
    model=Comment, key=col(Comment.id), sorts={"created_at": col(Comment.created_at)}, filters={}
)


class CommentRepository:
    """Queries on comments, in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def get(self, article_id: int, comment_id: int) -> Comment | None:
        """Find one of an article."""
        one = select(Comment).where(
            col(Comment.id) == comment_id, col(Comment.article_id) == article_id
        )
        return (await self.session.exec(one)).first()

    async def list(self, article_id: int, query: CommentQuery) -> Slice[Comment]:
        """Read one page of those of an article."""
        return await LISTING.fetch(
            self.session, query, query.sort, col(Comment.article_id) == article_id
        )

    async def add(self, article_id: int, author_id: int, body: str) -> Comment:
        """Store a new one, and load its author."""
        comment = Comment(article_id=article_id, author_id=author_id, body=body)
        self.session.add(comment)
        with database_errors():
            await self.session.flush()
        await self.session.refresh(comment, ["author"])
        return comment

    async def delete(self, comment: Comment) -> None:
        """Remove one, which somebody else may have removed meanwhile."""
        with database_errors():
            await self.session.exec(delete(Comment).where(col(Comment.id) == comment.id))

    async def clear(self, article_id: int) -> None:
        """Remove all of an article in one statement."""
        with database_errors():
            await self.session.exec(delete(Comment).where(col(Comment.article_id) == article_id))
