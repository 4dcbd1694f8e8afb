"""/api/v1/notifications: what somebody is told, now and later."""

import pytest
from httpx2 import AsyncClient

from app.core.lifespan import State
from app.core.live.event import own
from app.core.live.window import Window
from app.core.redis import open_redis
from app.services import notifier
from tests.support.database import statements
from tests.support.log import captured_log
from tests.support.notifications import NOTIFICATIONS, READ, inbox, said, send, written
from tests.support.recipients import Recipient, add_recipient
from tests.support.relay import Relay


@pytest.fixture
async def ada(state: State) -> Recipient:
    """Somebody who is told something."""
    return await add_recipient(state)


@pytest.fixture
async def ben(state: State) -> Recipient:
    """Somebody else."""
    return await add_recipient(state)


class TestSend:
    async def test_is_found_by_who_comes_later(self, client: AsyncClient, ada: Recipient) -> None:
        (sent,) = await send(client, ada, "Hello, Ada")

        found = await inbox(client, ada.auth)

        assert found["items"] == [sent]
        assert (found["total"], found["unread"]) == (1, 1)
        assert (sent["kind"], sent["text"], sent["read_at"]) == ("greeting", "Hello, Ada", None)

    async def test_is_said_once_and_to_nobody_else(
        self, client: AsyncClient, window: Window, ada: Recipient
    ) -> None:
        before = (await window.read(None)).end

        (sent,) = await send(client, ada, "Hello, Ada")

        (event,) = await said(window, before)
        assert (event.topic, event.kind) == (own(ada.subject), "notification")
        found = await client.get(f"{NOTIFICATIONS}/{sent['id']}", auth=ada.auth)
        assert event.data.encode() == found.content

    @pytest.mark.parametrize("character", ["\N{GRINNING FACE}", "\x01"])
    async def test_the_longest(
        self, client: AsyncClient, window: Window, ada: Recipient, character: str
    ) -> None:
        before = (await window.read(None)).end

        await send(client, ada, character * 500)

        assert len(await said(window, before)) == 1

    @pytest.mark.parametrize(
        "wrong",
        [{"recipient": ""}, {"kind": "Two words"}, {"text": ""}, {"text": "a" * 501}, {"to": "x"}],
    )
    async def test_refused(
        self, client: AsyncClient, ada: Recipient, wrong: dict[str, str]
    ) -> None:
        response = await client.post(NOTIFICATIONS, json={**written(ada), **wrong})

        assert response.status_code == 422

    async def test_by_who_may_not(
        self, client: AsyncClient, ada: Recipient, ben: Recipient
    ) -> None:
        """OWASP API5:2023."""
        response = await client.post(NOTIFICATIONS, json=written(ada), auth=ben.auth)

        assert response.status_code == 403
        assert (await inbox(client, ada.auth))["total"] == 0

    async def test_redis_is_away(
        self, client: AsyncClient, state: State, ada: Recipient, far_way: Relay
    ) -> None:
        async with open_redis(far_way.settings) as far:
            state["redis"] = far
            far_way.silent()
            with captured_log(notifier) as entries:
                (sent,) = await send(client, ada, "Hello, Ada")

        assert [each["event"] for each in entries] == ["notifications not said"]
        assert (await inbox(client, ada.auth))["items"] == [sent]


class TestList:
    async def test_newest_first_in_pages(self, client: AsyncClient, ada: Recipient) -> None:
        sent = await send(client, ada, "one", "two", "three")

        first = await inbox(client, ada.auth, "?size=2")
        second = await inbox(client, ada.auth, "?size=2&page=2")

        assert [*first["items"], *second["items"]] == sent[::-1]
        assert (first["total"], first["unread"]) == (3, 3)

    async def test_unread(self, client: AsyncClient, ada: Recipient) -> None:
        one, two = await send(client, ada, "one", "two")
        await client.put(f"{NOTIFICATIONS}/{one['id']}/read", auth=ada.auth)

        unread = await inbox(client, ada.auth, "?unread=true")
        read = await inbox(client, ada.auth, "?unread=false")

        assert [each["id"] for each in unread["items"]] == [two["id"]]
        assert [each["id"] for each in read["items"]] == [one["id"]]
        assert unread["unread"] == read["unread"] == 1

    async def test_as_many_statements_for_many(
        self, client: AsyncClient, state: State, ada: Recipient
    ) -> None:
        await send(client, ada, "one")
        await inbox(client, ada.auth)  # the first may note that she was here
        with statements(state["database"]) as for_one:
            await inbox(client, ada.auth)
        await send(client, ada, *(str(number) for number in range(10)))
        with statements(state["database"]) as for_many:
            await inbox(client, ada.auth)

        assert len(for_one) == len(for_many)


class TestMarkRead:
    async def test_again(self, client: AsyncClient, ada: Recipient) -> None:
        (sent,) = await send(client, ada, "one")
        path = f"{NOTIFICATIONS}/{sent['id']}"

        first = await client.put(f"{path}/read", auth=ada.auth)
        read = (await client.get(path, auth=ada.auth)).json()
        again = await client.put(f"{path}/read", auth=ada.auth)

        assert (first.status_code, again.status_code) == (204, 204)
        assert read["read_at"] is not None
        assert (await client.get(path, auth=ada.auth)).json() == read

    async def test_all(self, client: AsyncClient, ada: Recipient) -> None:
        await send(client, ada, "one", "two")

        answers = [await client.put(READ, auth=ada.auth) for _ in range(2)]

        assert [each.status_code for each in answers] == [204, 204]
        assert (await inbox(client, ada.auth))["unread"] == 0

    async def test_not_what_came_meanwhile(self, client: AsyncClient, ada: Recipient) -> None:
        _, seen, unseen = await send(client, ada, "one", "two", "three")

        await client.put(f"{READ}?up_to={seen['id']}", auth=ada.auth)

        unread = await inbox(client, ada.auth, "?unread=true")
        assert [each["id"] for each in unread["items"]] == [unseen["id"]]


class TestOthers:
    """OWASP API1:2023."""

    async def test_hidden(self, client: AsyncClient, ada: Recipient, ben: Recipient) -> None:
        (sent,) = await send(client, ada, "for Ada")
        path = f"{NOTIFICATIONS}/{sent['id']}"

        answers = [
            await client.get(path, auth=ben.auth),
            await client.put(f"{path}/read", auth=ben.auth),
            await client.get(path),  # an administrator's, who sent it
        ]

        found = {(each.status_code, each.json()["code"]) for each in answers}
        assert found == {(404, "notification_not_found")}
        assert (await inbox(client, ben.auth))["total"] == 0

    async def test_marking_all(self, client: AsyncClient, ada: Recipient, ben: Recipient) -> None:
        await send(client, ada, "for Ada")
        await send(client, ben, "for Ben")

        await client.put(READ, auth=ben.auth)

        assert (await inbox(client, ada.auth))["unread"] == 1
        assert (await inbox(client, ben.auth))["unread"] == 0
