"""app.core.http.middleware: what happens around every request."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from fastapi import FastAPI
from httpx2 import AsyncClient

from app.config.section import Environment
from app.config.settings import Settings
from app.core.http import middleware
from app.core.http.drain import Drain
from app.core.lifespan import State
from app.main import create_app
from tests.support.client import running
from tests.support.endpoints import raising
from tests.support.log import captured_log

ORIGIN = "https://app.example.com"
PREFLIGHT = {"Origin": ORIGIN, "Access-Control-Request-Method": "PATCH"}


@pytest.fixture
def app(settings: Settings) -> FastAPI:
    """An application to add endpoints to."""
    return create_app(settings)


@pytest.fixture
def app_with(settings: Settings) -> Callable[..., FastAPI]:
    """Make an application with other HTTP settings."""

    def create(**update: object) -> FastAPI:
        return create_app(replace(settings, http=settings.http.model_copy(update=update)))

    return create


def text_of(size: int) -> Callable[[], str]:
    """Make an endpoint that answers with so many characters, in quotes."""
    return lambda: "x" * size


class TestRequestId:
    async def test_made(self, client: AsyncClient) -> None:
        first = (await client.get("/healthz")).headers["X-Request-ID"]
        second = (await client.get("/healthz")).headers["X-Request-ID"]

        assert re.fullmatch("[0-9a-f]{32}", first)
        assert first != second

    @pytest.mark.parametrize("given", ["a", "0b6b6c31-6a1f.web_1", "x" * 128])
    async def test_taken_over(self, client: AsyncClient, given: str) -> None:
        response = await client.get("/nowhere", headers={"X-Request-ID": given})

        assert response.headers["X-Request-ID"] == given
        assert response.json()["request_id"] == given

    @pytest.mark.parametrize("given", ["", "a b", "<script>", "a\tb", "x" * 129])
    async def test_replaced(self, client: AsyncClient, given: str) -> None:
        response = await client.get("/healthz", headers={"X-Request-ID": given})

        assert re.fullmatch("[0-9a-f]{32}", response.headers["X-Request-ID"])


class TestHeaders:
    @pytest.mark.parametrize("path", ["/healthz", "/nowhere"])
    async def test_security(self, client: AsyncClient, path: str) -> None:
        headers = (await client.get(path)).headers

        assert headers["Content-Security-Policy"] == "frame-ancestors 'none'"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert "Strict-Transport-Security" not in headers

    async def test_https_only_in_production(self, app_with: Callable[..., FastAPI]) -> None:
        app = app_with(environment=Environment.PRODUCTION, hsts_seconds=60)

        async with running(app) as client:
            headers = (await client.get("/healthz")).headers

        assert headers["Strict-Transport-Security"] == "max-age=60"

    async def test_duration(self, client: AsyncClient) -> None:
        headers = (await client.get("/healthz")).headers

        assert re.fullmatch(r"app;dur=\d+\.\d", headers["Server-Timing"])


class TestAccessLog:
    async def test_record(self, client: AsyncClient) -> None:
        with captured_log(middleware) as log:
            response = await client.get("/nowhere?token=hunter2")

        (record,) = log
        duration = record.pop("duration_ms")
        assert isinstance(duration, float)
        assert type(record["status"]) is int  # and no HTTPStatus, which the console shows as such
        assert duration > 0
        assert record == {
            "event": "request",
            "log_level": "info",
            "request_id": response.headers["X-Request-ID"],
            "method": "GET",
            "path": "/nowhere",
            "status": 404,
            "client": "127.0.0.1",
        }

    async def test_probes_are_quiet(self, client: AsyncClient) -> None:
        with captured_log(middleware) as log:
            assert (await client.get("/healthz")).status_code == 200
            assert (await client.get("/readyz")).status_code == 200

        assert log == []

    async def test_a_failing_probe_is_not(self, client: AsyncClient) -> None:
        with captured_log(middleware) as log:
            await client.post("/readyz")

        assert [each["status"] for each in log] == [405]

    async def test_a_probe_that_finds_it_draining_is(
        self, client: AsyncClient, state: State
    ) -> None:
        """Its end is no error."""
        state["drain"] = Drain(started=True)

        with captured_log(middleware) as log:
            assert (await client.get("/readyz")).status_code == 503

        assert log == []

    async def test_server_errors_are_errors(self, app: FastAPI, client: AsyncClient) -> None:
        app.get("/probe")(raising(RuntimeError()))

        with captured_log(middleware) as log:
            await client.get("/probe")

        assert (log[-1]["status"], log[-1]["log_level"]) == (500, "error")


class TestGzip:
    @pytest.mark.parametrize(
        ("size", "encoding"), [(998, "gzip"), (997, None)], ids=["at the limit", "below"]
    )
    async def test_size(
        self, app: FastAPI, client: AsyncClient, size: int, encoding: str | None
    ) -> None:
        app.add_api_route("/probe", text_of(size))

        response = await client.get("/probe", headers={"Accept-Encoding": "gzip"})

        assert response.headers.get("Content-Encoding") == encoding
        assert response.json() == "x" * size

    async def test_not_wanted(self, app: FastAPI, client: AsyncClient) -> None:
        app.add_api_route("/probe", text_of(5000))

        response = await client.get("/probe", headers={"Accept-Encoding": "identity"})

        assert "Content-Encoding" not in response.headers

    async def test_off(self, app_with: Callable[..., FastAPI]) -> None:
        app = app_with(gzip_minimum_size=0)
        app.add_api_route("/probe", text_of(5000))

        async with running(app) as client:
            response = await client.get("/probe", headers={"Accept-Encoding": "gzip"})

        assert "Content-Encoding" not in response.headers


class TestCors:
    async def test_preflight(self, app_with: Callable[..., FastAPI]) -> None:
        async with running(app_with(cors_origins=(ORIGIN,))) as client:
            response = await client.options("/healthz", headers=PREFLIGHT)

        assert response.status_code == 200
        assert response.headers["Access-Control-Allow-Origin"] == ORIGIN
        assert "PATCH" in response.headers["Access-Control-Allow-Methods"]

    async def test_answer(self, app_with: Callable[..., FastAPI]) -> None:
        async with running(app_with(cors_origins=(ORIGIN,))) as client:
            response = await client.get("/healthz", headers={"Origin": ORIGIN})

        assert response.headers["Access-Control-Allow-Origin"] == ORIGIN
        assert "X-Request-ID" in response.headers["Access-Control-Expose-Headers"]

    async def test_another_origin(self, app_with: Callable[..., FastAPI]) -> None:
        headers = {**PREFLIGHT, "Origin": "https://evil.example.com"}

        async with running(app_with(cors_origins=(ORIGIN,))) as client:
            response = await client.options("/healthz", headers=headers)

        assert response.status_code == 400
        assert "Access-Control-Allow-Origin" not in response.headers

    async def test_off_by_default(self, client: AsyncClient) -> None:
        response = await client.options("/healthz", headers=PREFLIGHT)

        assert response.status_code == 405
        assert "Access-Control-Allow-Origin" not in response.headers
