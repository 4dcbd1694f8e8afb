"""app.core.http.json_limit: JSON that is dear to work with."""

from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import replace
from typing import cast

import pytest
from fastapi import Request
from httpx2 import AsyncClient
from starlette.requests import ClientDisconnect
from starlette.types import Message, Receive, Scope, Send

from app.config.settings import Settings
from app.core.http.json_limit import JsonLimitMiddleware
from app.main import create_app
from tests.support.client import running

JSON = {"Content-Type": "application/json"}


@pytest.fixture
async def client(settings: Settings) -> AsyncGenerator[AsyncClient]:
    """A client of a service that takes 5 values, 3 deep, and says how many bytes it got."""
    limits = {"max_body_values": 5, "max_body_depth": 3}
    app = create_app(replace(settings, http=settings.http.model_copy(update=limits)))

    @app.post("/probe")
    async def probe(request: Request) -> int:  # pyright: ignore[reportUnusedFunction]
        return len(await request.body())

    async with running(app) as client:
        yield client


async def pieces(*parts: bytes) -> AsyncIterator[bytes]:
    """Send a body in parts."""
    for part in parts:
        yield part


class TestValues:
    @pytest.mark.parametrize(
        "content",
        [
            b"1",
            b"[1, 2, 3, 4, 5]",
            b'{"a": [1, 2], "b": 3, "c": 4}',
            b'["[[[[{ { { {,,,,"]',
            rb'["\"[[[[{ { { {,,,,\\"]',
            "[1, 2, \N{LATIN SMALL LETTER E WITH ACUTE}]".encode(),
            b"[1, 2,",
        ],
    )
    async def test_few(self, client: AsyncClient, content: bytes) -> None:
        response = await client.post("/probe", content=content, headers=JSON)

        assert response.status_code == 200
        assert response.json() == len(content)

    @pytest.mark.parametrize(
        "content",
        [
            b"[1, 2, 3, 4, 5, 6]",
            b'{"a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6}',
            b"[[], [], [], []]",
            rb'["\\", 1, 2, 3, 4, "\\"]',
        ],
    )
    async def test_many(self, client: AsyncClient, content: bytes) -> None:
        response = await client.post("/probe", content=content, headers=JSON)

        assert response.status_code == 413
        assert response.headers["Content-Type"] == "application/problem+json"
        assert response.json()["code"] == "content_too_large"

    async def test_in_pieces(self, client: AsyncClient) -> None:
        few, many = pieces(b"[1, 2", b", 3, 4]"), pieces(b"[1, 2, 3", b", 4, 5, 6]")

        assert (await client.post("/probe", content=few, headers=JSON)).json() == 12
        assert (await client.post("/probe", content=many, headers=JSON)).status_code == 413

    @pytest.mark.parametrize(
        ("kind", "status"),
        [
            ("application/json; charset=utf-8", 413),
            ("Application/Merge-Patch+JSON", 413),
            ("text/plain", 200),
            ("application/octet-stream", 200),
        ],
    )
    async def test_of_json_only(self, client: AsyncClient, kind: str, status: int) -> None:
        headers = {"Content-Type": kind}

        response = await client.post("/probe", content=b"[1, 2, 3, 4, 5, 6]", headers=headers)

        assert response.status_code == status


class TestDepth:
    async def test_shallow(self, client: AsyncClient) -> None:
        response = await client.post("/probe", content=b'[{"a": [1]}]', headers=JSON)

        assert response.status_code == 200

    @pytest.mark.parametrize("content", [b'[{"a": [{}]}]', b"[[[[", b'{"":{"":{"":{"":1}}}}'])
    async def test_deep(self, client: AsyncClient, content: bytes) -> None:
        response = await client.post("/probe", content=content, headers=JSON)

        assert response.status_code == 400
        assert response.json()["code"] == "bad_request"
        assert response.json()["detail"] == "The JSON of a request may be nested at most 3 deep."


class TestEncoding:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
    async def test_utf8(self, client: AsyncClient, encoding: str) -> None:
        content = '["\N{GREEK SMALL LETTER ALPHA}"]'.encode(encoding)

        assert (await client.post("/probe", content=content, headers=JSON)).status_code == 200

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-32-le"])
    async def test_another(self, client: AsyncClient, encoding: str) -> None:
        response = await client.post("/probe", content="[[[[1]]]]".encode(encoding), headers=JSON)

        assert response.status_code == 400
        assert "UTF-8" in response.json()["detail"]


class TestClientThatLeaves:
    async def test_told(self) -> None:
        messages = iter(
            [
                {"type": "http.request", "body": b"[", "more_body": True},
                {"type": "http.disconnect"},
            ]
        )

        async def receive() -> Message:
            return cast("Message", next(messages))

        async def send(_message: Message) -> None:
            raise AssertionError

        async def app(scope: Scope, receive: Receive, _send: Send) -> None:
            await Request(scope, receive).body()

        scope = {"type": "http", "headers": [(b"content-type", b"application/json")]}
        with pytest.raises(ClientDisconnect):
            await JsonLimitMiddleware(app, values=5, depth=3)(scope, receive, send)
