"""/feed."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.api.errors import problems
from app.core.errors import ConflictError
from app.core.security.access import ForbiddenError, UnauthenticatedError
from app.dependencies.articles import FeedServiceDep
from app.dependencies.articles_access import REQUIRE_ARTICLES_READ
from app.schemas.articles.feed import FeedPage, FeedQuery

router = APIRouter(
    prefix="/feed",
    tags=["articles"],
    dependencies=[REQUIRE_ARTICLES_READ],
    responses=problems(UnauthenticatedError, ForbiddenError),
)


@router.get("", responses=problems(ConflictError))
async def read_feed(query: Annotated[FeedQuery, Query()], feed: FeedServiceDep) -> FeedPage:
    """Read what those publish whom one follows, the newest first."""
    return await feed.read(query)
