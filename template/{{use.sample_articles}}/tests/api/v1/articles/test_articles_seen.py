"""/api/v1/articles: whose articles somebody sees, and which they may change."""

from collections.abc import Mapping
from typing import Final

import pytest
from httpx2 import AsyncClient, Auth

from tests.support.articles import ARTICLES, TAGS, path_of, refusal, slugs, write
from tests.support.auth import ANONYMOUS

People = Mapping[str, Auth]

KNOWN: Final = {"If-Match": "*"}


@pytest.fixture
async def people(client: AsyncClient, ada: Auth, bob: Auth, editor: Auth) -> People:
    """Everybody who may ask; there is a draft of Ada's."""
    await write(client, ada, "Draft", is_published=False, tags=["secret-plan"])
    return {"author": ada, "other": bob, "editor": editor, "nobody": ANONYMOUS}


class TestDraft:
    @pytest.mark.parametrize(
        ("method", "part"),
        [
            ("GET", ""),
            ("PATCH", ""),
            ("GET", "/comments"),
            ("POST", "/comments"),
            ("DELETE", "/comments"),
            ("PUT", "/favourite"),
            ("DELETE", "/favourite"),
            ("POST", "/views"),
            ("DELETE", ""),
        ],
    )
    async def test_who_finds_it(
        self, client: AsyncClient, people: People, method: str, part: str
    ) -> None:
        """OWASP API1:2023."""
        body = {"body": "Well"} if method in {"POST", "PATCH"} and part != "/views" else None
        statuses = {
            who: (
                await client.request(
                    method, path_of("draft", part), json=body, headers=KNOWN, auth=people[who]
                )
            ).status_code
            for who in ("nobody", "other", "editor")
        }

        assert statuses["nobody"] == 401
        assert statuses["other"] == 404
        assert statuses["editor"] in {200, 201, 204}

    async def test_lists(self, client: AsyncClient, people: People) -> None:
        found = {who: await slugs(client, people[who]) for who in ("author", "other", "editor")}

        assert found == {"author": ["draft"], "other": [], "editor": ["draft"]}
        for query in ("published=false", "tag=secret-plan", "author=ada", "title=draft"):
            page = (await client.get(f"{ARTICLES}?{query}", auth=people["other"])).json()
            assert (page["items"], page["total"]) == ([], 0)

    async def test_tags(self, client: AsyncClient, people: People) -> None:
        """Not even by its tag is it known."""
        counts = {
            who: (await client.get(TAGS, auth=people[who])).json()["total"]
            for who in ("author", "other", "editor")
        }

        assert counts == {"author": 1, "other": 0, "editor": 1}

    async def test_its_slug_is_not_free(self, client: AsyncClient, people: People) -> None:
        """A slug is an address: that it is taken is no secret."""
        response = await client.post(ARTICLES, json={"title": "Draft"}, auth=people["other"])

        assert refusal(response) == (409, "slug_taken")


class TestPublished:
    @pytest.mark.parametrize(
        ("method", "part"), [("PATCH", ""), ("DELETE", ""), ("DELETE", "/comments")]
    )
    async def test_who_changes_it(
        self, client: AsyncClient, people: People, method: str, part: str
    ) -> None:
        await write(client, people["author"], "Pens")
        path = path_of("pens", part)
        body = {"title": "Ink"} if method == "PATCH" else None

        refused = await client.request(method, path, json=body, headers=KNOWN, auth=people["other"])
        done = await client.request(method, path, json=body, headers=KNOWN, auth=people["editor"])

        assert refusal(refused) == (403, "forbidden")
        assert done.status_code in {200, 204}

    async def test_an_editor_takes_nothing_over(self, client: AsyncClient, people: People) -> None:
        changed = await client.patch(
            path_of("draft"), json={"title": "Ink"}, headers=KNOWN, auth=people["editor"]
        )

        assert changed.json()["author"] == {"handle": "ada"}
