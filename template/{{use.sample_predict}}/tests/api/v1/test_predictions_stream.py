"""/api/v1/predictions: answers that stream."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest
from fastapi import FastAPI
from httpx2 import AsyncClient, Response

from app.config.settings import Settings
from app.core.lifespan import State
from app.main import create_app
from tests.support.client import open_client
from tests.support.model import EVENTS, PREDICTIONS, FakeModel, own_queue, small_model, until
from tests.support.wire import SECONDS, connected

TEXT: Final = {"text": "one two three"}
PIECE: Final = 'event: piece\ndata: {"text":"%s"}\n\n'
DONE: Final = "event: done\ndata: {}\n\n"


@pytest.fixture
def streaming(client: AsyncClient) -> AsyncClient:
    """A client that wants events."""
    client.headers.update(EVENTS)
    return client


class TestEvents:
    async def test_pieces(self, streaming: AsyncClient) -> None:
        response = await streaming.post(PREDICTIONS, json=TEXT)

        assert response.status_code == 200
        pieces = [PIECE % each for each in ("three ", "two ", "one ")]
        assert response.text == "".join([*pieces, DONE])

    async def test_fields(self, streaming: AsyncClient) -> None:
        """Nothing on the way keeps it back: neither a proxy nor compression."""
        response = await streaming.post(PREDICTIONS, json=TEXT)

        assert response.headers["Content-Type"].startswith("text/event-stream")
        assert response.headers["Cache-Control"] == "no-cache"
        assert response.headers["X-Accel-Buffering"] == "no"
        assert "Content-Encoding" not in response.headers

    @pytest.mark.parametrize("accept", ["*/*", "text/*", "application/json", ""])
    async def test_not_wanted(self, client: AsyncClient, accept: str) -> None:
        response = await client.post(PREDICTIONS, json=TEXT, headers={"Accept": accept})

        assert response.json() == {"text": "three two one"}

    async def test_file(self, streaming: AsyncClient) -> None:
        response = await streaming.post(PREDICTIONS, files={"file": ("a.txt", b"one")})

        assert response.text == PIECE % "one " + DONE


class TestErrors:
    @pytest.mark.parametrize(
        ("answer", "status", "code"),
        [
            (Response(500, text="a secret"), 502, "upstream_unavailable"),
            (Response(200, text="a secret"), 502, "upstream_invalid"),
            (Response(200, text=""), 502, "upstream_invalid"),
            (Response(404, text="a secret"), 502, "upstream_invalid"),
            (Response(422, text="a secret"), 422, "input_refused"),
        ],
    )
    async def test_before(
        self,
        streaming: AsyncClient,
        fake_model: FakeModel,
        answer: Response,
        status: int,
        code: str,
    ) -> None:
        """What is known before the first piece is a problem, as ever."""
        fake_model.failing = answer

        response = await streaming.post(PREDICTIONS, json=TEXT)

        assert (response.status_code, response.json()["code"]) == (status, code)
        assert "secret" not in response.text

    @pytest.mark.parametrize("rest", ["", "\na secret"])
    async def test_after(self, streaming: AsyncClient, fake_model: FakeModel, rest: str) -> None:
        """What comes too late for that is an event, and nothing is said to be done."""
        fake_model.failing = Response(200, text='{"text": "one"}' + rest)

        response = await streaming.post(PREDICTIONS, json=TEXT)

        first, error, *_ = response.text.split("\n\n")
        assert (response.status_code, first) == (200, 'event: piece\ndata: {"text":"one"}')
        assert error.startswith('event: error\ndata: {"status":502,"code":"upstream_invalid"')
        assert "event: done" not in response.text
        assert "secret" not in response.text


class TestTime:
    async def test_no_deadline_once_it_has_begun(self, settings: Settings, state: State) -> None:
        http = settings.http.model_copy(update={"request_timeout": timedelta(seconds=4)})
        app = create_app(replace(settings, http=http))
        async with small_model(state, 0.5), open_client(app, state) as client:
            text = {"text": "a b c d e f g h i j"}
            response = await client.post(PREDICTIONS, json=text, headers=EVENTS)

        assert response.text.endswith(DONE)

    async def test_has_a_limit_of_its_own(self, streaming: AsyncClient, state: State) -> None:
        async with (
            own_queue(state, stream_timeout=timedelta(seconds=2)),
            small_model(state, 0.05) as model,
        ):
            response = await streaming.post(PREDICTIONS, json={"text": "a " * 1000})
            await until(lambda: not model.running)

        assert '"code":"upstream_timeout"' in response.text
        assert "event: done" not in response.text


class TestLeaves:
    @pytest.mark.parametrize("accept", ["text/event-stream", "application/json"])
    async def test_before_the_answer(
        self, anybody: AsyncClient, let_in: FastAPI, state: State, accept: str
    ) -> None:
        """The call is ended, and the place is free."""
        async with small_model(state, 60) as model, connected(let_in, {**state}) as connection:
            request = anybody.build_request(
                "POST", PREDICTIONS, json=TEXT, headers={"Accept": accept}
            )
            connection.writer.write(written(request.headers.raw, request.content))
            await until(lambda: model.running == 1)

            await connection.leave()

            await until(lambda: not model.running)

    async def test_in_the_middle(self, anybody: AsyncClient, let_in: FastAPI, state: State) -> None:
        async with small_model(state, 0.05) as model, connected(let_in, {**state}) as connection:
            text = {"text": "a " * 10_000}
            request = anybody.build_request("POST", PREDICTIONS, json=text, headers=EVENTS)
            connection.writer.write(written(request.headers.raw, request.content))
            async with asyncio.timeout(SECONDS):
                await connection.reader.readuntil(b"event: piece")
            assert model.running == 1

            await connection.leave()

            await until(lambda: not model.running and not state["turns"].waiting)


def written(headers: list[tuple[bytes, bytes]], content: bytes) -> bytes:
    """Write a request as it is sent."""
    lines = [b"%s: %s" % field for field in headers]
    return b"\r\n".join([b"POST %s HTTP/1.1" % PREDICTIONS.encode(), *lines, b"", content])
