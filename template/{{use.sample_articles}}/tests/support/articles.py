"""Articles for tests, and who writes them."""

from typing import Final, TypedDict, Unpack

from httpx2 import AsyncClient, Auth, Response

from app.core.lifespan import State
from app.schemas.accounts.role import Role
from tests.support.users import signed_in

ARTICLES: Final = "/api/v1/articles"
PROFILES: Final = "/api/v1/profiles"
FEED: Final = "/api/v1/feed"
TAGS: Final = "/api/v1/tags"


class Author(TypedDict):
    """Who wrote something."""

    handle: str


class Popularity(TypedDict):
    """What others think of it."""

    comments: int
    favourites: int
    is_favourite: bool


class ArticleBody(TypedDict):
    """An article, as the service shows it."""

    slug: str
    title: str
    author: Author
    tags: list[str]
    published_at: str | None
    views: int
    popularity: Popularity
    version: int


class Written(TypedDict, total=False):
    """What may be said of a new article."""

    slug: str
    summary: str
    body: str
    tags: list[str]
    is_published: bool


async def author(client: AsyncClient, state: State, handle: str, role: Role = Role.USER) -> Auth:
    """Make a user who has a handle."""
    _, bearer = await signed_in(state, role)
    response = await client.put(f"{PROFILES}/me", json={"handle": handle}, auth=bearer)
    assert response.status_code == 200
    return bearer


async def write(
    client: AsyncClient, auth: Auth, title: str = "On Pens", **values: Unpack[Written]
) -> ArticleBody:
    """Write an article, which is published unless the test says otherwise."""
    body = {"title": title, "is_published": True, **values}
    response = await client.post(ARTICLES, json=body, auth=auth)
    assert response.status_code == 201
    return response.json()


async def delete(client: AsyncClient, auth: Auth, slug: str) -> None:
    """Delete an article."""
    response = await client.delete(path_of(slug), headers={"If-Match": "*"}, auth=auth)
    assert response.status_code == 204


async def slugs(client: AsyncClient, auth: Auth, query: str = "sort=created_at") -> list[str]:
    """List what somebody finds."""
    response = await client.get(f"{ARTICLES}?{query}", auth=auth)
    assert response.status_code == 200
    return [each["slug"] for each in response.json()["items"]]


def path_of(slug: str, part: str = "") -> str:
    """Say where an article is, or a part of it."""
    return f"{ARTICLES}/{slug}{part}"


def refusal(response: Response) -> tuple[int, str]:
    """Say how it was refused."""
    return response.status_code, response.json()["code"]
