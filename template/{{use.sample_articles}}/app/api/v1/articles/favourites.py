"""/articles/{slug}/favourite."""

from http import HTTPStatus

from fastapi import APIRouter

from app.api.errors import problems
from app.core.errors import ConflictError, NotFoundError
from app.core.security.access import ForbiddenError, UnauthenticatedError
from app.dependencies.articles import FavouriteServiceDep
from app.dependencies.articles_access import REQUIRE_ARTICLES_WRITE
from app.schemas.articles.names import Slug

router = APIRouter(
    prefix="/articles/{slug}/favourite",
    tags=["articles"],
    dependencies=[REQUIRE_ARTICLES_WRITE],
    responses=problems(UnauthenticatedError, ForbiddenError, NotFoundError, ConflictError),
)


@router.put("", status_code=HTTPStatus.NO_CONTENT)
async def add_favourite(slug: Slug, favourites: FavouriteServiceDep) -> None:
    """Like an article; any number of times is once."""
    await favourites.add(slug)


@router.delete("", status_code=HTTPStatus.NO_CONTENT)
async def remove_favourite(slug: Slug, favourites: FavouriteServiceDep) -> None:
    """Like it no longer."""
    await favourites.remove(slug)
