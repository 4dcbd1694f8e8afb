"""/api/v1/files: what comes in."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from resource import RLIMIT_FSIZE, getrlimit, setrlimit

import pytest
from fastapi import FastAPI
from httpx2 import AsyncClient
from starlette.types import Message, Receive, Scope, Send

from app.config.settings import Settings
from app.core.lifespan import State
from app.main import create_app
from tests.support.client import open_client
from tests.support.files import FILES, FORM, PNG, content_of, form, part, pieces, send, stored

TEXT = b'--limit\r\nContent-Disposition: form-data; name="file"\r\n\r\nhello\r\n'
ANY_NAME = [
    ("a.txt", "a.txt"),
    ("../../etc/passwd", "passwd"),
    ("C:\\\\temp\\\\a.txt", "a.txt"),
    ("..", "file"),
    ("a\0b.txt", "ab.txt"),
    ("a\tb.txt", "ab.txt"),
    ("Ägypten 🖊.txt", "Ägypten 🖊.txt"),
    ("\u202ecod.exe", "cod.exe"),
    ("x" * 4096 + ".txt", "x" * 251 + ".txt"),
]


class TestUpload:
    async def test_several_files_and_fields(self, client: AsyncClient) -> None:
        response = await client.post(
            FILES,
            files=[("file", ("a.txt", b"hello")), ("file", ("b.png", PNG)), ("other", b"passed")],
            data={"note": "passed over"},
        )

        text, image = response.json()["items"]
        assert response.status_code == 201
        assert (text["name"], text["content_type"], text["size"]) == ("a.txt", "text/plain", 5)
        assert (image["name"], image["content_type"]) == ("b.png", "image/png")
        assert text["sha256"] == sha256(b"hello").hexdigest()
        assert (await client.get(content_of(text))).content == b"hello"
        assert (await client.get(content_of(image))).content == PNG

    async def test_more_than_fits_into_a_block(self, client: AsyncClient) -> None:
        content = PNG + bytes(range(256)) * 12_000

        file = await stored(client, content)

        assert (file["size"], file["sha256"]) == (len(content), sha256(content).hexdigest())
        assert (await client.get(content_of(file))).content == content

    async def test_in_pieces_of_one_byte(self, client: AsyncClient) -> None:
        body = form(part("a.txt", b"\r\n--limi\r\n"), part("b.txt", b""))

        response = await client.post(
            FILES, content=pieces(*(body[i : i + 1] for i in range(len(body)))), headers=FORM
        )

        assert [each["size"] for each in response.json()["items"]] == [10, 0]

    @pytest.mark.parametrize(("given", "kept"), ANY_NAME)
    async def test_names(self, client: AsyncClient, state: State, given: str, kept: str) -> None:
        file = await stored(client, name=given)

        assert file["name"] == kept
        assert state["files"].names() == [file["id"]]

    async def test_two_of_one_name(self, client: AsyncClient) -> None:
        response = await send(client, part("a.txt", b"first"), part("a.txt", b"second"))

        first, second = response.json()["items"]
        assert (first["name"], second["name"]) == ("a.txt", "a.txt")
        assert (await client.get(content_of(first))).content == b"first"
        assert (await client.get(content_of(second))).content == b"second"

    async def test_nobody_else_may_read_it(self, client: AsyncClient, state: State) -> None:
        file = await stored(client)

        stat = state["files"].find(file["id"])
        assert stat is not None
        assert stat.st_mode & 0o777 == 0o600


class TestRefused:
    """Nothing is left of what was refused, however far it had come."""

    @pytest.fixture(autouse=True)
    async def nothing_is_left(self, client: AsyncClient, state: State) -> AsyncGenerator[None]:
        yield
        assert state["files"].names() == []
        assert (await client.get(FILES)).json()["total"] == 0

    async def test_announced_as_too_large(self, client: AsyncClient, settings: Settings) -> None:
        response = await send(client, part("a.txt", b"x" * settings.uploads.max_size))

        assert (response.status_code, response.json()["code"]) == (413, "content_too_large")

    async def test_too_large_without_announcement(
        self, client: AsyncClient, settings: Settings
    ) -> None:
        body = part("a.txt", b"x" * settings.uploads.max_size)

        response = await client.post(FILES, content=pieces(body[:9000], body), headers=FORM)

        assert response.status_code == 413

    @pytest.mark.parametrize(
        "content", [b"\x7fELF" + bytes(99), b"<!DOCTYPE html><script>", bytes(99), b"PK\3\4\xff"]
    )
    async def test_type(self, client: AsyncClient, content: bytes) -> None:
        """Its name and its header say otherwise."""
        response = await send(client, part("a.txt"), part("b.png", content))

        assert (response.status_code, response.json()["code"]) == (415, "unsupported_type")

    async def test_too_many(self, client: AsyncClient, settings: Settings) -> None:
        response = await send(client, *[part("a.txt")] * (settings.uploads.max_files + 1))

        assert (response.status_code, response.json()["code"]) == (422, "too_many_files")

    async def test_too_many_fields(self, client: AsyncClient) -> None:
        response = await send(client, part("a.txt"), *[part("b", field="other")] * 200)

        assert (response.status_code, response.json()["code"]) == (400, "bad_request")

    @pytest.mark.parametrize("other", [part("a.txt", field="other"), part(""), TEXT])
    async def test_without_a_file(self, client: AsyncClient, other: bytes) -> None:
        response = await send(client, other)

        assert (response.status_code, response.json()["code"]) == (422, "file_missing")

    @pytest.mark.parametrize(
        "body", [b"", b"nonsense", part("a.txt"), form(part("a.txt"))[:-8], b"--limit\r\nx\0: \r\n"]
    )
    async def test_broken(self, client: AsyncClient, body: bytes) -> None:
        response = await client.post(FILES, content=body, headers=FORM)

        assert (response.status_code, response.json()["code"]) == (400, "bad_request")

    @pytest.mark.parametrize(
        "kind",
        ["", "text/plain", "multipart/form-data", "multipart/mixed; boundary=limit", "a/json"],
    )
    async def test_no_form(self, client: AsyncClient, kind: str) -> None:
        response = await client.post(
            FILES, content=form(part("a.txt")), headers={"Content-Type": kind}
        )

        assert response.status_code == 415

    async def test_client_leaves(self, app: FastAPI, state: State) -> None:
        async def left(scope: Scope, receive: Receive, send: Send) -> None:
            messages = [await receive()] if scope["method"] == "POST" else []

            async def receive_some() -> Message:
                return messages.pop() if messages else {"type": "http.disconnect"}

            await app(scope, receive_some, send)

        async with open_client(left, state) as client:
            response = await client.post(
                FILES, content=pieces(part("a.txt", PNG * 99_999), b"more"), headers=FORM
            )

        assert response.status_code == 400

    async def test_client_stalls(self, settings: Settings, state: State) -> None:
        # long enough to find out who asks, however busy the machine is
        hasty = settings.http.model_copy(update={"request_timeout": timedelta(seconds=2)})
        app = create_app(replace(settings, http=hasty))

        async with open_client(app, state) as client:
            response = await client.post(
                FILES, content=pieces(part("a.txt"), ends=False), headers=FORM
            )

        assert (response.status_code, response.json()["code"]) == (504, "request_timeout")

    async def test_disk_is_full(self, client: AsyncClient) -> None:
        soft, hard = getrlimit(RLIMIT_FSIZE)
        setrlimit(RLIMIT_FSIZE, (2**20, hard))
        try:
            response = await send(client, part("a.txt"), part("b.txt", b"x" * 2**21))
        finally:
            setrlimit(RLIMIT_FSIZE, (soft, hard))

        assert (response.status_code, response.json()["code"]) == (507, "storage_full")

    async def test_no_storage(self, client: AsyncClient, state: State, tmp_path: Path) -> None:
        whole, blocked = state["files"].folder, tmp_path / "file"
        blocked.touch()
        state["files"].folder = blocked

        response = await send(client, part("a.txt"))

        state["files"].folder = whole
        assert (response.status_code, response.json()["code"]) == (503, "unavailable")
