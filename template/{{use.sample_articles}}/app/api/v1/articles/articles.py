"""/articles."""

from functools import partial
from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter, Query, Response

from app.api.errors import problems
from app.api.etag import IfMatch, etag, require_match
from app.core.errors import (
    ConflictError,
    NotFoundError,
    PreconditionFailedError,
    PreconditionRequiredError,
)
from app.core.security.access import ForbiddenError, UnauthenticatedError
from app.dependencies.articles import ArticleServiceDep
from app.dependencies.articles_access import REQUIRE_ARTICLES_READ, REQUIRE_ARTICLES_WRITE
from app.schemas.articles.article import (
    ArticleCreate,
    ArticleQuery,
    ArticleRead,
    ArticlesPublish,
    ArticleSummary,
    ArticleUpdate,
    Published,
)
from app.schemas.articles.names import Slug
from app.schemas.page import Page, Slice

router = APIRouter(
    prefix="/articles",
    tags=["articles"],
    dependencies=[REQUIRE_ARTICLES_READ],
    responses=problems(UnauthenticatedError, ForbiddenError),
)

CHANGE_ERRORS: Final = (NotFoundError, PreconditionFailedError, PreconditionRequiredError)


@router.get("", response_model=Page[ArticleSummary], responses=problems())
async def list_articles(
    query: Annotated[ArticleQuery, Query()], articles: ArticleServiceDep
) -> Slice[ArticleSummary]:
    """Read one page of what is published, and of one's own drafts."""
    return await articles.list(query)


@router.get("/{slug}", responses=problems(NotFoundError))
async def read_article(slug: Slug, articles: ArticleServiceDep, response: Response) -> ArticleRead:
    """Read one article."""
    return tagged(await articles.get(slug), response)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[REQUIRE_ARTICLES_WRITE],
    responses=problems(ConflictError, reads_body=True),
)
async def create_article(
    body: ArticleCreate, articles: ArticleServiceDep, response: Response
) -> ArticleRead:
    """Write an article."""
    article = tagged(await articles.create(body), response)
    response.headers["Location"] = f"/api/v1/articles/{article.slug}"
    return article


@router.post(
    "/publish",
    dependencies=[REQUIRE_ARTICLES_WRITE],
    responses=problems(reads_body=True),
)
async def publish_articles(body: ArticlesPublish, articles: ArticleServiceDep) -> Published:
    """Publish several drafts of one's own; what is no such draft stays as it is."""
    return Published(published=await articles.publish(body.slugs))


@router.patch(
    "/{slug}",
    dependencies=[REQUIRE_ARTICLES_WRITE],
    responses=problems(*CHANGE_ERRORS, ConflictError, reads_body=True),
)
async def update_article(
    slug: Slug,
    body: ArticleUpdate,
    articles: ArticleServiceDep,
    response: Response,
    if_match: IfMatch = None,
) -> ArticleRead:
    """Change an article that the client knows the current version of, or publish it."""
    changed = await articles.update(slug, body, partial(require_match, if_match=if_match))
    return tagged(changed, response)


@router.delete(
    "/{slug}",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[REQUIRE_ARTICLES_WRITE],
    responses=problems(*CHANGE_ERRORS),
)
async def delete_article(slug: Slug, articles: ArticleServiceDep, if_match: IfMatch = None) -> None:
    """Remove an article that the client knows the current version of. It can be restored."""
    await articles.delete(slug, partial(require_match, if_match=if_match))


@router.post(
    "/{slug}/restore",
    dependencies=[REQUIRE_ARTICLES_WRITE],
    responses=problems(NotFoundError, ConflictError),
)
async def restore_article(
    slug: Slug, articles: ArticleServiceDep, response: Response
) -> ArticleRead:
    """Bring back what was removed, unless its slug is another one's by now."""
    return tagged(await articles.restore(slug), response)


@router.post("/{slug}/views", status_code=HTTPStatus.NO_CONTENT, responses=problems(NotFoundError))
async def count_view(slug: Slug, articles: ArticleServiceDep) -> None:
    """Count that somebody read it."""
    await articles.count_view(slug)


def tagged(article: ArticleRead, response: Response) -> ArticleRead:
    """Add the entity tag of what is answered."""
    response.headers["ETag"] = etag(article.version)
    return article
