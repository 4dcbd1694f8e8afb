"""How many statements each route takes: as many for a long list as for a short one."""

from collections.abc import Mapping
from typing import Final

import pytest
from httpx2 import AsyncClient, Auth

from app.core.lifespan import State
from tests.support.article_statements import SELECTS
from tests.support.articles import ARTICLES, FEED, PROFILES, TAGS, path_of, write
from tests.support.database import statements

PATHS: Final[Mapping[str, str]] = {
    "list": f"{ARTICLES}?size=50",
    "filtered": f"{ARTICLES}?size=50&tag=tag-0&without_tag=none&author=ada&title=on",
    "one": path_of("on-0"),
    "comments": path_of("on-0", "/comments?size=50"),
    "feed": f"{FEED}?size=50",
    "tags": f"{TAGS}?size=50",
    "profile": f"{PROFILES}/ada",
}


async def selects(client: AsyncClient, state: State, auth: Auth, path: str) -> int:
    """Count the SELECTs of a request."""
    with statements(state["database"]) as seen:
        assert (await client.get(path, auth=auth)).status_code == 200
    return sum(each.startswith("SELECT") for each in seen)


async def fill(client: AsyncClient, ada: Auth, bob: Auth, numbers: range) -> None:
    """Write articles that each have all that an article can have."""
    for number in numbers:
        slug = f"on-{number}"
        await write(client, ada, slug, tags=["tag-0", f"tag-{number}"])
        await client.put(path_of(slug, "/favourite"), auth=bob)
        for auth in (ada, bob):
            await client.post(path_of("on-0", "/comments"), json={"body": slug}, auth=auth)


class TestSelects:
    @pytest.mark.parametrize("name", SELECTS)
    async def test_no_more_for_many(
        self, client: AsyncClient, state: State, ada: Auth, bob: Auth, name: str
    ) -> None:
        await client.put(f"{PROFILES}/ada/follow", auth=bob)
        await fill(client, ada, bob, range(1))
        known = await selects(client, state, bob, "/api/v1/me")
        one = await selects(client, state, bob, PATHS[name])
        await fill(client, ada, bob, range(1, 12))

        many = await selects(client, state, bob, PATHS[name])

        assert (one - known, many - known) == (SELECTS[name], SELECTS[name])
