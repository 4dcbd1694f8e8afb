"""/articles/{slug}/comments."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Query

from app.api.errors import problems
from app.core.errors import ConflictError, NotFoundError
from app.core.security.access import ForbiddenError, UnauthenticatedError
from app.dependencies.articles import CommentServiceDep
from app.dependencies.articles_access import REQUIRE_ARTICLES_READ, REQUIRE_ARTICLES_WRITE
from app.models.articles.comment import Comment
from app.schemas.articles.comment import CommentCreate, CommentQuery, CommentRead
from app.schemas.articles.names import Slug
from app.schemas.page import Page, Slice

router = APIRouter(
    prefix="/articles/{slug}/comments",
    tags=["articles"],
    dependencies=[REQUIRE_ARTICLES_READ],
    responses=problems(UnauthenticatedError, ForbiddenError),
)

CommentId = Annotated[int, Path(ge=1, le=2**63 - 1)]


@router.get("", response_model=Page[CommentRead], responses=problems(NotFoundError))
async def list_comments(
    slug: Slug, query: Annotated[CommentQuery, Query()], comments: CommentServiceDep
) -> Slice[Comment]:
    """Read one page of what was said."""
    return await comments.list(slug, query)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[REQUIRE_ARTICLES_WRITE],
    response_model=CommentRead,
    responses=problems(NotFoundError, ConflictError, reads_body=True),
)
async def add_comment(slug: Slug, body: CommentCreate, comments: CommentServiceDep) -> Comment:
    """Say something."""
    return await comments.add(slug, body)


@router.delete(
    "",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[REQUIRE_ARTICLES_WRITE],
    responses=problems(NotFoundError),
)
async def clear_comments(slug: Slug, comments: CommentServiceDep) -> None:
    """Delete all that was said of one's own article."""
    await comments.clear(slug)


@router.delete(
    "/{comment_id}",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[REQUIRE_ARTICLES_WRITE],
    responses=problems(NotFoundError),
)
async def delete_comment(slug: Slug, comment_id: CommentId, comments: CommentServiceDep) -> None:
    """Delete what one said, or what somebody said of one's own article."""
    await comments.delete(slug, comment_id)
