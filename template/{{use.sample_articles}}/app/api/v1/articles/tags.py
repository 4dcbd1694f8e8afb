"""/tags."""

from typing import Annotated

from fastapi import APIRouter, Query

from app.api.errors import problems
from app.core.security.access import ForbiddenError, UnauthenticatedError
from app.dependencies.articles import TagServiceDep
from app.dependencies.articles_access import REQUIRE_ARTICLES_READ
from app.schemas.articles.tag import TagQuery, TagRead
from app.schemas.page import Page, Slice

router = APIRouter(
    prefix="/tags",
    tags=["articles"],
    dependencies=[REQUIRE_ARTICLES_READ],
    responses=problems(UnauthenticatedError, ForbiddenError),
)


@router.get("", response_model=Page[TagRead], responses=problems())
async def list_tags(query: Annotated[TagQuery, Query()], tags: TagServiceDep) -> Slice[TagRead]:
    """Read one page of the tags, the most used ones first."""
    return await tags.list(query)
