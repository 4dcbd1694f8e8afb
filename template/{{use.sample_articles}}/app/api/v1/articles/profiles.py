"""/profiles."""

from http import HTTPStatus

from fastapi import APIRouter

from app.api.errors import problems
from app.core.errors import ConflictError, NotFoundError
from app.core.security.access import ForbiddenError, UnauthenticatedError
from app.dependencies.articles import ProfileServiceDep
from app.dependencies.articles_access import REQUIRE_ARTICLES_READ, REQUIRE_ARTICLES_WRITE
from app.schemas.articles.names import Handle
from app.schemas.articles.profile import ProfileRead, ProfileWrite

router = APIRouter(
    prefix="/profiles",
    tags=["profiles"],
    dependencies=[REQUIRE_ARTICLES_READ],
    responses=problems(UnauthenticatedError, ForbiddenError),
)


@router.get("/me", responses=problems(NotFoundError))
async def read_own_profile(profiles: ProfileServiceDep) -> ProfileRead:
    """Read one's own profile."""
    return await profiles.own()


@router.put(
    "/me",
    dependencies=[REQUIRE_ARTICLES_WRITE],
    responses=problems(ConflictError, reads_body=True),
)
async def write_own_profile(body: ProfileWrite, profiles: ProfileServiceDep) -> ProfileRead:
    """Choose a handle, or change one's profile."""
    return await profiles.write(body)


@router.get("/{handle}", responses=problems(NotFoundError))
async def read_profile(handle: Handle, profiles: ProfileServiceDep) -> ProfileRead:
    """Read somebody's profile."""
    return await profiles.get(handle)


@router.put(
    "/{handle}/follow",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[REQUIRE_ARTICLES_WRITE],
    responses=problems(NotFoundError, ConflictError),
)
async def follow(handle: Handle, profiles: ProfileServiceDep) -> None:
    """Follow somebody; any number of times is once."""
    await profiles.follow(handle)


@router.delete(
    "/{handle}/follow",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[REQUIRE_ARTICLES_WRITE],
    responses=problems(NotFoundError, ConflictError),
)
async def unfollow(handle: Handle, profiles: ProfileServiceDep) -> None:
    """Follow them no longer."""
    await profiles.unfollow(handle)
