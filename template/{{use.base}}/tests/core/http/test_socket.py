"""app.core.http.socket: sockets of the service's own, from their handshake to their end."""

import asyncio
import json
import re
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated

import pytest
from fastapi import Depends, FastAPI, Query, WebSocket
from starlette.requests import HTTPConnection
from starlette.types import Message

from app.config.settings import Settings
from app.core.errors import AppError, ConflictError, NotFoundError, UnavailableError
from app.core.http import socket_layer, unhandled
from app.core.http.socket import until_answered
from app.core.lifespan import State
from app.main import create_app
from tests.support.endpoints import raising
from tests.support.log import captured_log
from tests.support.sockets import handshake, talk


@pytest.fixture
def app(settings: Settings) -> FastAPI:
    """An application to add sockets to."""
    return create_app(settings)


def serve_echo(app: FastAPI) -> None:
    """Say whatever is said."""

    @app.websocket("/probe")
    async def echo(socket: WebSocket) -> None:
        await socket.accept()
        while True:
            await socket.send_text(await socket.receive_text())


def serve_failing(app: FastAPI, error: Exception, *, opens: bool) -> None:
    """Fail, before the socket is open or after that."""

    @app.websocket("/probe")
    async def fail(socket: WebSocket) -> None:
        if opens:
            await socket.accept()
        raise error


def problem_in(answers: list[Message]) -> dict[str, object]:
    """Read a handshake's answer, which has a head and a body."""
    head, body = answers
    fields = dict(head["headers"])
    problem = json.loads(body["body"])
    assert head["type"] == "websocket.http.response.start"
    assert fields[b"content-type"] == b"application/problem+json"
    assert fields[b"x-request-id"].decode() == problem["request_id"]
    assert head["status"] == problem["status"]
    return problem


class TestRefused:
    @pytest.mark.parametrize(
        ("error", "status", "code"),
        [
            (NotFoundError("No such room."), 404, "not_found"),
            (UnavailableError("Nobody there."), 503, "unavailable"),
            (RuntimeError("hunter2"), 500, "internal_error"),
        ],
    )
    async def test_problem(
        self, app: FastAPI, state: State, error: Exception, status: int, code: str
    ) -> None:
        serve_failing(app, error, opens=False)

        problem = problem_in(await talk(app, handshake(state, "/probe")))

        assert (problem["status"], problem["code"]) == (status, code)
        assert "hunter2" not in str(problem)

    async def test_not_valid(self, app: FastAPI, state: State) -> None:
        @app.websocket("/probe")
        async def probe(socket: WebSocket, amount: Annotated[int, Query()]) -> None: ...

        problem = problem_in(await talk(app, handshake(state, "/probe?amount=many")))

        assert (problem["status"], problem["code"]) == (422, "validation_failed")
        assert problem["errors_total"] == 1

    async def test_by_a_server_that_cannot_answer(self, app: FastAPI, state: State) -> None:
        serve_failing(app, NotFoundError("No such room."), opens=False)

        answers = await talk(app, {**handshake(state, "/probe"), "extensions": {}})

        assert answers == [{"type": "websocket.close", "code": 1008, "reason": "not_found"}]


class TestClosed:
    @pytest.mark.parametrize(
        ("error", "code", "reason"),
        [
            (NotFoundError("Gone."), 1008, "not_found"),
            (ConflictError("Taken.", code="name_taken"), 1008, "name_taken"),
            (UnavailableError("Nobody there."), 1013, "unavailable"),
            (RuntimeError("hunter2"), 1011, "internal_error"),
        ],
    )
    async def test_by_an_error(
        self, app: FastAPI, state: State, error: Exception, code: int, reason: str
    ) -> None:
        serve_failing(app, error, opens=True)

        _, *answers = await talk(app, handshake(state, "/probe"))

        assert answers == [{"type": "websocket.close", "code": code, "reason": reason}]

    async def test_once(self, app: FastAPI, state: State) -> None:
        @app.websocket("/probe")
        async def probe(socket: WebSocket) -> None:
            await socket.accept()
            await socket.close(4000)
            raise NotFoundError("Too late.")

        _, *answers = await talk(app, handshake(state, "/probe"))

        assert [each["code"] for each in answers] == [4000]

    async def test_that_a_client_leaves_is_no_error(self, app: FastAPI, state: State) -> None:
        serve_echo(app)

        with captured_log(unhandled) as log:
            answers = await talk(app, handshake(state, "/probe"), ["hello"])

        assert [each["type"] for each in answers] == ["websocket.accept", "websocket.send"]
        assert log == []


class TestLog:
    async def test_record(self, app: FastAPI, state: State) -> None:
        serve_echo(app)

        with captured_log(socket_layer) as log:
            accept, *_ = await talk(app, handshake(state, "/probe?ticket=hunter2"))

        (record,) = log
        assert record.pop("duration_ms") > 0
        assert record == {
            "event": "socket",
            "log_level": "info",
            "request_id": dict(accept["headers"])[b"x-request-id"].decode(),
            "path": "/probe",
            "status": 101,
            "closed": 1001,
            "client": "127.0.0.1",
        }

    async def test_id(self, app: FastAPI, state: State) -> None:
        serve_echo(app)
        scope = handshake(state, "/probe")

        made, *_ = await talk(app, scope)
        taken, *_ = await talk(app, {**scope, "headers": [(b"x-request-id", b"web-1")]})

        assert re.fullmatch(rb"[0-9a-f]{32}", dict(made["headers"])[b"x-request-id"])
        assert dict(taken["headers"])[b"x-request-id"] == b"web-1"


class Held:
    """Notes what is held, and how that ended."""

    def __init__(self) -> None:
        self.events: list[str] = []

    @asynccontextmanager
    async def hold(self) -> AsyncGenerator[None]:
        """Be held."""
        try:
            yield
        except AppError as error:
            self.events.append(error.code)
            raise
        self.events.append("left")

    async def provide(self, connection: HTTPConnection) -> AsyncGenerator[None]:
        """Hold until the answer."""
        async with until_answered(connection, self.hold()):
            yield


class TestUntilAnswered:
    async def test_a_socket_opens(self, app: FastAPI, state: State) -> None:
        held = Held()

        @app.websocket("/probe", dependencies=[Depends(held.provide)])
        async def probe(socket: WebSocket) -> None:
            held.events.append("asked")
            await socket.accept()
            held.events.append("open")

        await talk(app, handshake(state, "/probe"))

        assert held.events == ["asked", "left", "open"]

    async def test_a_socket_is_refused(self, app: FastAPI, state: State) -> None:
        held = Held()
        refusing = raising(NotFoundError("No such room."))
        app.websocket("/probe", dependencies=[Depends(held.provide)])(refusing)

        problem = problem_in(await talk(app, handshake(state, "/probe")))

        assert problem["code"] == "not_found"
        assert held.events == ["not_found"]


class TestDeadline:
    async def test_what_serves_nobody_ends(self, app: FastAPI, state: State) -> None:
        """As it does when the connection is lost, and nothing is heard of that."""
        scope = handshake(state, "/probe")

        @app.websocket("/probe")
        async def probe(socket: WebSocket) -> None:
            await socket.accept()
            loop = asyncio.get_running_loop()
            loop.call_soon(socket.state.exchange.deadline.pass_by)
            await asyncio.Event().wait()

        assert len(await talk(app, scope)) == 1
