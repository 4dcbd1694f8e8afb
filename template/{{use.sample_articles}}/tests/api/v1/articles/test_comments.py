"""/api/v1/articles/{slug}/comments."""

import pytest
from httpx2 import AsyncClient, Auth

from app.core.database.session import transaction
from app.core.lifespan import State
from tests.support.articles import path_of, refusal, write
from tests.support.database import execute

COMMENTS = path_of("on-pens", "/comments")


@pytest.fixture(autouse=True)
async def article(client: AsyncClient, ada: Auth) -> None:
    """An article of Ada's."""
    await write(client, ada)


async def say(client: AsyncClient, auth: Auth, body: str = "Yes") -> str:
    """Comment, and give the comment's path."""
    response = await client.post(COMMENTS, json={"body": body}, auth=auth)
    assert response.status_code == 201
    return f"{COMMENTS}/{response.json()['id']}"


async def said(client: AsyncClient, auth: Auth, query: str = "") -> list[str]:
    """List the comments."""
    return [
        each["body"]
        for each in (await client.get(f"{COMMENTS}?{query}", auth=auth)).json()["items"]
    ]


class TestAdd:
    async def test_added(self, client: AsyncClient, ada: Auth, bob: Auth) -> None:
        response = await client.post(COMMENTS, json={"body": " Yes "}, auth=bob)

        comment = response.json()
        assert response.status_code == 201
        assert (comment["author"], comment["body"]) == ({"handle": "bob"}, "Yes")
        assert (await client.get(COMMENTS, auth=ada)).json()["items"] == [comment]
        shown = (await client.get(path_of("on-pens"), auth=ada)).json()
        assert shown["popularity"]["comments"] == 1
        assert shown["version"] == 1

    @pytest.mark.parametrize("body", ["", "  ", "x" * 2001, "\0", None])
    async def test_invalid(self, client: AsyncClient, bob: Auth, body: str | None) -> None:
        response = await client.post(COMMENTS, json={"body": body}, auth=bob)

        assert response.status_code == 422


class TestList:
    async def test_pages(self, client: AsyncClient, ada: Auth, bob: Auth) -> None:
        for auth, body in ((ada, "One"), (bob, "Two"), (ada, "Three")):
            await say(client, auth, body)

        assert await said(client, bob, "size=2") == ["One", "Two"]
        assert await said(client, bob, "sort=-created_at&size=2") == ["Three", "Two"]


class TestDelete:
    async def test_by_its_author(self, client: AsyncClient, bob: Auth) -> None:
        comment = await say(client, bob)

        statuses = [(await client.delete(comment, auth=bob)).status_code for _ in range(2)]

        assert statuses == [204, 404]

    async def test_by_who_else(
        self, client: AsyncClient, ada: Auth, bob: Auth, editor: Auth
    ) -> None:
        """The author of the article may, and an editor, and nobody else."""
        statuses = [
            (await client.delete(await say(client, by), auth=auth)).status_code
            for by, auth in ((ada, bob), (bob, ada), (bob, editor))
        ]

        assert statuses == [403, 204, 204]

    async def test_of_another_article(self, client: AsyncClient, ada: Auth, bob: Auth) -> None:
        comment = await say(client, bob)
        await write(client, ada, "On Ink")

        response = await client.delete(comment.replace("on-pens", "on-ink"), auth=bob)

        assert refusal(response) == (404, "comment_not_found")
        assert await said(client, ada) == ["Yes"]

    async def test_all(self, client: AsyncClient, ada: Auth, bob: Auth) -> None:
        await say(client, bob)
        await say(client, ada)

        assert (await client.delete(COMMENTS, auth=ada)).status_code == 204
        assert await said(client, bob) == []


class TestAuthorGone:
    @pytest.mark.usefixtures("article")
    async def test_what_was_said_stays(
        self, client: AsyncClient, state: State, ada: Auth, bob: Auth
    ) -> None:
        await say(client, bob)

        async with transaction(state["database"]) as session:
            await execute(session, "DELETE FROM profiles WHERE handle = 'bob'")

        (comment,) = (await client.get(COMMENTS, auth=ada)).json()["items"]
        assert (comment["author"], comment["body"]) == (None, "Yes")
