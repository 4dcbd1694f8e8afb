"""/api/v1/articles: one article at a time."""

import pytest
from httpx2 import AsyncClient, Auth

from app.core.lifespan import State
from tests.support.articles import ARTICLES, delete, path_of, refusal, slugs, write
from tests.support.users import signed_in


class TestCreate:
    async def test_created(self, client: AsyncClient, ada: Auth) -> None:
        body = {"title": " On Pens ", "tags": ["ink", "art", "ink"], "body": "Blue."}

        response = await client.post(ARTICLES, json=body, auth=ada)

        article = response.json()
        assert response.status_code == 201
        assert response.headers["Location"] == path_of("on-pens")
        assert response.headers["ETag"] == '"1"'
        assert article["title"] == "On Pens"
        assert (article["author"], article["tags"]) == ({"handle": "ada"}, ["art", "ink"])
        assert (article["body"], article["published_at"], article["views"]) == ("Blue.", None, 0)
        assert article["popularity"] == {"comments": 0, "favourites": 0, "is_favourite": False}
        assert (await client.get(path_of("on-pens"), auth=ada)).json() == article

    async def test_slug_of_ones_own(self, client: AsyncClient, ada: Auth) -> None:
        assert (await write(client, ada, slug="pens-2"))["slug"] == "pens-2"

    async def test_slug_taken(self, client: AsyncClient, ada: Auth, bob: Auth) -> None:
        await write(client, ada)

        response = await client.post(ARTICLES, json={"title": "On pens!"}, auth=bob)

        assert refusal(response) == (409, "slug_taken")

    async def test_without_a_handle(self, client: AsyncClient, state: State) -> None:
        _, stranger = await signed_in(state)

        response = await client.post(ARTICLES, json={"title": "On Pens"}, auth=stranger)

        assert refusal(response) == (409, "profile_required")

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("title", " "),
            ("title", "x" * 151),
            ("slug", "On Pens"),
            ("slug", "-"),
            ("body", "x" * 10_001),
            ("body", "\0"),
            ("tags", ["Ink"]),
            ("tags", [f"tag-{number}" for number in range(11)]),
            ("author", "bob"),
            ("views", 7),
        ],
    )
    async def test_invalid(self, client: AsyncClient, ada: Auth, field: str, value: object) -> None:
        response = await client.post(ARTICLES, json={"title": "On Pens", field: value}, auth=ada)

        assert response.status_code == 422
        assert field in response.json()["errors"][0]["location"]


class TestUpdate:
    async def test_changed(self, client: AsyncClient, ada: Auth) -> None:
        article = await write(client, ada, tags=["art", "ink"], body="Blue.")

        response = await client.patch(
            path_of("on-pens"),
            json={"title": "On Ink", "tags": ["ink", "paper"]},
            headers={"If-Match": '"1"'},
            auth=ada,
        )

        changed = response.json()
        assert response.status_code == 200
        assert response.headers["ETag"] == '"2"'
        assert (changed["slug"], changed["title"]) == ("on-pens", "On Ink")
        assert (changed["tags"], changed["body"]) == (["ink", "paper"], "Blue.")
        assert changed["published_at"] == article["published_at"]
        assert (await client.get(path_of("on-pens"), auth=ada)).json() == changed

    async def test_new_tags_are_a_new_version(self, client: AsyncClient, ada: Auth) -> None:
        await write(client, ada, tags=["art"])

        statuses = [
            (
                await client.patch(
                    path_of("on-pens"),
                    json={"tags": ["ink"]},
                    headers={"If-Match": '"1"'},
                    auth=ada,
                )
            ).status_code
            for _ in range(2)
        ]

        assert statuses == [200, 412]

    async def test_slug_taken(self, client: AsyncClient, ada: Auth) -> None:
        await write(client, ada)
        await write(client, ada, "On Ink")

        response = await client.patch(
            path_of("on-ink"), json={"slug": "on-pens"}, headers={"If-Match": "*"}, auth=ada
        )

        assert refusal(response) == (409, "slug_taken")

    @pytest.mark.parametrize(("known", "status"), [({}, 428), ({"If-Match": '"7"'}, 412)])
    async def test_version(
        self, client: AsyncClient, ada: Auth, known: dict[str, str], status: int
    ) -> None:
        await write(client, ada)

        changed = await client.patch(path_of("on-pens"), json={}, headers=known, auth=ada)
        deleted = await client.delete(path_of("on-pens"), headers=known, auth=ada)

        assert (changed.status_code, deleted.status_code) == (status, status)

    async def test_published_and_taken_back(self, client: AsyncClient, ada: Auth) -> None:
        await write(client, ada, is_published=False)
        known = {"If-Match": "*"}
        moments: list[str | None] = []

        for is_published in (True, True, False):
            response = await client.patch(
                path_of("on-pens"), json={"is_published": is_published}, headers=known, auth=ada
            )
            moments.append(response.json()["published_at"])

        assert moments[0] is not None
        assert moments == [moments[0], moments[0], None]


class TestPublish:
    async def test_several(self, client: AsyncClient, ada: Auth, bob: Auth) -> None:
        for title in ("One", "Two", "Three"):
            await write(client, ada, title, is_published=False)
        await write(client, bob, "Four", is_published=False)
        body = {"slugs": ["one", "two", "four", "five"]}

        response = await client.post(path_of("publish"), json=body, auth=ada)

        assert (response.status_code, response.json()) == (200, {"published": 2})
        assert await slugs(client, ada, "published=true&sort=title") == ["one", "two"]
        assert (await client.get(path_of("one"), auth=ada)).json()["version"] == 2
        assert await slugs(client, bob, "published=false") == ["four"]


class TestViews:
    async def test_counted(self, client: AsyncClient, ada: Auth, bob: Auth) -> None:
        before = await write(client, ada)

        for _ in range(3):
            assert (await client.post(path_of("on-pens", "/views"), auth=bob)).status_code == 204

        after = (await client.get(path_of("on-pens"), auth=ada)).json()
        assert after == {**after, **before, "views": 3}


class TestRestore:
    async def test_as_it_was(self, client: AsyncClient, ada: Auth, bob: Auth) -> None:
        article = await write(client, ada, tags=["ink"])
        await client.post(path_of("on-pens", "/comments"), json={"body": "Yes"}, auth=bob)
        await delete(client, ada, "on-pens")

        response = await client.post(path_of("on-pens", "/restore"), auth=ada)

        restored = response.json()
        assert response.status_code == 200
        assert (restored["tags"], restored["popularity"]["comments"]) == (["ink"], 1)
        assert restored["published_at"] == article["published_at"]
        assert (await client.get(path_of("on-pens"), auth=bob)).status_code == 200

    async def test_slug_is_anothers_by_now(self, client: AsyncClient, ada: Auth, bob: Auth) -> None:
        await write(client, ada)
        await delete(client, ada, "on-pens")
        await write(client, bob)

        response = await client.post(path_of("on-pens", "/restore"), auth=ada)

        assert refusal(response) == (409, "slug_taken")
        found = (await client.get(path_of("on-pens"), auth=ada)).json()
        assert found["author"] == {"handle": "bob"}

    async def test_the_last_one(self, client: AsyncClient, ada: Auth) -> None:
        for number in range(2):
            await write(client, ada, summary=str(number))
            await delete(client, ada, "on-pens")

        restored = await client.post(path_of("on-pens", "/restore"), auth=ada)

        assert restored.json()["summary"] == "1"

    @pytest.mark.parametrize("is_deleted", [True, False])
    async def test_not_theirs_or_not_deleted(
        self, client: AsyncClient, ada: Auth, bob: Auth, is_deleted: bool
    ) -> None:
        await write(client, ada)
        if is_deleted:
            await delete(client, ada, "on-pens")

        response = await client.post(
            path_of("on-pens", "/restore"), auth=bob if is_deleted else ada
        )

        assert refusal(response) == (404, "article_not_found")
