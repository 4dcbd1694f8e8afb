"""/api/v1/files/{file_id}/links and /api/v1/linked/files/{file_id}/content."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

import pytest
from httpx2 import AsyncClient

from app.config.settings import Settings
from app.core.http import middleware
from app.core.lifespan import State
from app.main import create_app
from app.schemas.accounts.role import Role
from tests.support.client import open_client
from tests.support.files import FILES, PNG, FileBody, stored
from tests.support.log import captured_log
from tests.support.users import signed_in

CONTENT: Final = PNG + b"x" * 90


@pytest.fixture
async def file(client: AsyncClient) -> FileBody:
    """A picture."""
    return await stored(client, CONTENT, "a.png")


async def link_to(client: AsyncClient, file: FileBody) -> str:
    """Have an address made."""
    response = await client.post(f"{FILES}/{file['id']}/links")
    assert response.status_code == 201
    return response.json()["url"]


class TestLink:
    async def test_wants_no_credential(self, client: AsyncClient, file: FileBody) -> None:
        response = await client.get(await link_to(client, file), auth=None)

        assert (response.status_code, response.content) == (200, CONTENT)
        assert response.headers["Content-Type"] == "image/png"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response.headers["Content-Security-Policy"]
        assert response.headers["Cache-Control"] == "private, no-cache"

    async def test_for_how_long(
        self, client: AsyncClient, file: FileBody, settings: Settings
    ) -> None:
        body = (await client.post(f"{FILES}/{file['id']}/links")).json()

        left = datetime.fromisoformat(body["expires_at"]) - datetime.now(UTC)
        assert left <= settings.file_links.ttl

    async def test_ranges(self, client: AsyncClient, file: FileBody) -> None:
        """As a browser asks when somebody seeks in a video."""
        link = await link_to(client, file)

        response = await client.get(link, auth=None, headers={"Range": "bytes=10-19"})

        assert (response.status_code, response.content) == (206, CONTENT[10:20])

    async def test_is_not_compressed(self, client: AsyncClient, file: FileBody) -> None:
        link = await link_to(client, file)

        response = await client.get(link, auth=None, headers={"Accept-Encoding": "gzip"})

        assert "Content-Encoding" not in response.headers

    async def test_is_held(self, client: AsyncClient, file: FileBody) -> None:
        link = await link_to(client, file)
        tag = (await client.get(link, auth=None)).headers["ETag"]

        response = await client.get(link, auth=None, headers={"If-None-Match": tag})

        assert response.status_code == 304

    async def test_is_in_no_log(self, client: AsyncClient, file: FileBody) -> None:
        link = await link_to(client, file)

        with captured_log(middleware) as entries:
            await client.get(link, auth=None)

        assert [each["path"] for each in entries] == [link.partition("?")[0]]
        assert link.partition("=")[2] not in repr(entries)


class TestRefused:
    async def test_another_file(self, client: AsyncClient, file: FileBody) -> None:
        other = await stored(client, PNG, "b.png")
        link = (await link_to(client, file)).replace(file["id"], other["id"])

        response = await client.get(link, auth=None)

        assert (response.status_code, response.json()["code"]) == (403, "file_link_not_valid")

    async def test_nothing_signed(self, client: AsyncClient, file: FileBody) -> None:
        """Also not for whoever may read the file: there is another address for that."""
        path = (await link_to(client, file)).partition("?")[0]

        assert (await client.get(path)).status_code == 422
        assert (await client.get(f"{path}?signature=")).status_code == 403

    async def test_removed(self, client: AsyncClient, file: FileBody) -> None:
        link = await link_to(client, file)
        await client.delete(f"{FILES}/{file['id']}")

        response = await client.get(link, auth=None)

        assert (response.status_code, response.json()["code"]) == (404, "file_not_found")

    async def test_somebody_elses(self, client: AsyncClient, file: FileBody, state: State) -> None:
        """OWASP API1:2023."""
        _, other = await signed_in(state, Role.USER)

        response = await client.post(f"{FILES}/{file['id']}/links", auth=other)

        assert (response.status_code, response.json()["code"]) == (404, "file_not_found")


class TestPrefix:
    @pytest.fixture
    async def below(self, settings: Settings, state: State) -> AsyncGenerator[AsyncClient]:
        """A client of a service below /shop."""
        http = settings.http.model_copy(update={"root_path": "/shop"})
        async with open_client(create_app(replace(settings, http=http)), state) as client:
            yield client

    async def test_leads_below_it(self, below: AsyncClient) -> None:
        link = await link_to(below, await stored(below, CONTENT, "a.png"))

        assert link.startswith("/shop/api/v1/linked/files/")
        assert (await below.get(link, auth=None)).content == CONTENT
