"""/api/v1/files/{file_id}: what is there, and what goes out."""

import pytest
from httpx2 import AsyncClient

from app.core.lifespan import State
from tests.support.files import FILES, content_of, part, send, stored

NO_SUCH_FILE = f"{FILES}/{'0' * 32}"


class TestRead:
    async def test_known(self, client: AsyncClient) -> None:
        file = await stored(client)

        known = (await client.get(f"{FILES}/{file['id']}")).json()

        assert (known["id"], known["content_type"], known["size"]) == (file["id"], "text/plain", 5)

    async def test_pages(self, client: AsyncClient) -> None:
        files = (await send(client, *[part("a.txt")] * 3)).json()["items"]

        pages = [(await client.get(f"{FILES}?size=2&page={n}")).json() for n in (1, 2, 3)]

        found = [each["id"] for page in pages for each in page["items"]]
        assert sorted(found) == sorted(each["id"] for each in files)
        assert [(page["total"], page["pages"]) for page in pages] == [(3, 2)] * 3

    @pytest.mark.parametrize("path", [NO_SUCH_FILE, f"{NO_SUCH_FILE}/content"])
    async def test_not_found(self, client: AsyncClient, path: str) -> None:
        response = await client.get(path)

        assert (response.status_code, response.json()["code"]) == (404, "file_not_found")

    @pytest.mark.parametrize("name", ["..", "%2e%2e%2fpasswd", "A" * 32, "0" * 32 + ".part"])
    async def test_no_id(self, client: AsyncClient, name: str) -> None:
        assert (await client.get(f"{FILES}/{name}/content")).status_code in {404, 422}


class TestDownload:
    async def test_is_not_rendered(self, client: AsyncClient) -> None:
        """OWASP File Upload Cheat Sheet."""
        file = await stored(client)

        headers = (await client.get(content_of(file))).headers

        assert headers["Content-Disposition"].startswith("attachment")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in headers["Content-Security-Policy"]
        assert headers["Content-Type"].startswith("text/plain")

    async def test_is_not_compressed(self, client: AsyncClient) -> None:
        file = await stored(client, b"x" * 9000)

        response = await client.get(content_of(file), headers={"Accept-Encoding": "gzip"})

        assert "Content-Encoding" not in response.headers
        assert response.headers["Content-Length"] == "9000"

    @pytest.mark.parametrize(
        ("wanted", "got"), [("0-1", b"he"), ("3-", b"lo"), ("-1", b"o"), ("4-99", b"o")]
    )
    async def test_range(self, client: AsyncClient, wanted: str, got: bytes) -> None:
        file = await stored(client)

        response = await client.get(content_of(file), headers={"Range": f"bytes={wanted}"})

        assert (response.status_code, response.content) == (206, got)
        assert response.headers["Content-Range"].endswith("/5")

    async def test_several_ranges(self, client: AsyncClient) -> None:
        file = await stored(client)

        response = await client.get(content_of(file), headers={"Range": "bytes=0-0,4-4"})

        assert response.status_code == 206
        assert response.headers["Content-Type"].startswith("multipart/byteranges")

    @pytest.mark.parametrize("wanted", ["bytes=5-", "bytes=9-10", "bytes=3-1", "lines=1-2"])
    async def test_no_such_range(self, client: AsyncClient, wanted: str) -> None:
        file = await stored(client)

        response = await client.get(content_of(file), headers={"Range": wanted})

        assert (response.status_code, response.json()["code"]) == (416, "range_not_satisfiable")
        assert response.headers["Content-Range"] == "bytes */5"

    @pytest.mark.parametrize(("of_this", "status"), [(True, 206), (False, 200)])
    async def test_if_range(self, client: AsyncClient, *, of_this: bool, status: int) -> None:
        file = await stored(client)
        tag = f'"{file["id"]}"' if of_this else '"another"'

        response = await client.get(
            content_of(file), headers={"Range": "bytes=0-0", "If-Range": tag}
        )

        assert response.status_code == status

    async def test_held_already(self, client: AsyncClient) -> None:
        file = await stored(client)
        tag = (await client.get(content_of(file))).headers["ETag"]

        response = await client.get(content_of(file), headers={"If-None-Match": f'"x", W/{tag}'})

        assert (response.status_code, response.content) == (304, b"")
        assert response.headers["ETag"] == tag

    async def test_holds_another(self, client: AsyncClient) -> None:
        file = await stored(client)

        response = await client.get(content_of(file), headers={"If-None-Match": '"x"'})

        assert response.status_code == 200


class TestDelete:
    async def test_deleted(self, client: AsyncClient) -> None:
        file = await stored(client)
        path = f"{FILES}/{file['id']}"

        assert (await client.delete(path)).status_code == 204
        assert (await client.get(path)).status_code == 404
        assert (await client.get(content_of(file))).status_code == 404
        assert (await client.get(FILES)).json()["total"] == 0

    async def test_its_bytes_too(self, client: AsyncClient, state: State) -> None:
        kept, gone = await stored(client), await stored(client)

        await client.delete(f"{FILES}/{gone['id']}")

        assert state["files"].names() == [kept["id"]]

    async def test_not_found(self, client: AsyncClient) -> None:
        assert (await client.delete(NO_SUCH_FILE)).status_code == 404
