"""What is said of articles."""

from app.core.errors import NotFoundError
from app.models.articles.article import Article
from app.models.articles.comment import Comment
from app.repositories.articles.article import ArticleRepository
from app.repositories.articles.comment import CommentRepository
from app.schemas.articles.comment import CommentCreate, CommentQuery
from app.schemas.articles.viewer import Viewer
from app.schemas.page import Slice
from app.services.articles.rules import author_of, must_be_theirs, no_article


class CommentService:
    """Rules on comments. Those of an article that is not there are not there either."""

    def __init__(
        self, comments: CommentRepository, articles: ArticleRepository, viewer: Viewer
    ) -> None:
        self.comments = comments
        self.articles = articles
        self.viewer = viewer

    async def list(self, slug: str, query: CommentQuery) -> Slice[Comment]:
        """Read one page."""
        return await self.comments.list((await self.article(slug)).id, query)

    async def add(self, slug: str, body: CommentCreate) -> Comment:
        """Say something. Whoever deletes the article meanwhile waits, or was there first."""
        author_id = author_of(self.viewer)
        article = await self.articles.lock(slug, self.viewer)
        if article is None:
            raise no_article()
        return await self.comments.add(article.id, author_id, body.body)

    async def delete(self, slug: str, comment_id: int) -> None:
        """Take something back, as its author or as the author of the article."""
        article = await self.article(slug)
        comment = await self.comments.get(article.id, comment_id)
        if comment is None:
            raise NotFoundError("There is no such comment.", code="comment_not_found")
        if not self.viewer.may_change(article.author_id):
            must_be_theirs(self.viewer, comment.author_id)
        await self.comments.delete(comment)

    async def clear(self, slug: str) -> None:
        """Delete all of them at once, as the author of the article."""
        article = await self.article(slug)
        must_be_theirs(self.viewer, article.author_id)
        await self.comments.clear(article.id)

    async def article(self, slug: str) -> Article:
        """Find the article or raise NotFoundError."""
        article = await self.articles.get(slug, self.viewer)
        if article is None:
            raise no_article()
        return article
