"""app.api.errors: every error is a problem (RFC 9457)."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Annotated

import pytest
from fastapi import FastAPI, HTTPException
from fastapi.responses import StreamingResponse
from httpx2 import AsyncClient, Response
from pydantic import Field

from app.api.errors import problems
from app.config.settings import Settings
from app.core.errors import (
    AppError,
    ConflictError,
    NotFoundError,
    PreconditionFailedError,
    PreconditionRequiredError,
    UnavailableError,
)
from app.core.http import middleware, unhandled
from app.core.http.request_model import RequestModel
from app.main import create_app
from tests.support.client import running
from tests.support.endpoints import raising
from tests.support.log import captured_log

ORIGIN = "https://app.example.com"


class Order(RequestModel):
    """What the endpoint under test takes."""

    product: str
    amount: Annotated[int, Field(le=10)]


async def order(body: Order) -> None:
    """Take an order."""


@pytest.fixture
def app(settings: Settings) -> FastAPI:
    """An application to add endpoints to."""
    return create_app(settings)


def assert_problem(response: Response, status: int, code: str) -> None:
    """Expect what all problems have in common."""
    body = response.json()
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    assert body["type"] == "about:blank"
    assert body["title"]
    assert body["status"] == status
    assert body["code"] == code
    assert body["request_id"] == response.headers["X-Request-ID"]


class TestAppError:
    @pytest.mark.parametrize(
        ("error", "status", "code"),
        [
            (NotFoundError("No such thing."), 404, "not_found"),
            (ConflictError("Taken."), 409, "conflict"),
            (ConflictError("Taken.", code="name_taken"), 409, "name_taken"),
            (PreconditionFailedError("Changed."), 412, "stale_version"),
            (PreconditionRequiredError("Say which."), 428, "if_match_required"),
            (UnavailableError("Nobody there."), 503, "unavailable"),
        ],
    )
    async def test_answer(
        self, app: FastAPI, client: AsyncClient, error: AppError, status: int, code: str
    ) -> None:
        app.get("/probe")(raising(error))

        response = await client.get("/probe")

        assert_problem(response, status, code)
        assert response.json()["detail"] == error.detail

    async def test_headers(self, app: FastAPI, client: AsyncClient) -> None:
        app.get("/probe")(raising(UnavailableError("Nobody there.")))

        assert (await client.get("/probe")).headers["Retry-After"] == "5"


class TestFrameworkErrors:
    async def test_no_such_route(self, client: AsyncClient) -> None:
        assert_problem(await client.get("/nowhere"), 404, "not_found")

    async def test_wrong_method(self, client: AsyncClient) -> None:
        response = await client.post("/healthz")

        assert_problem(response, 405, "method_not_allowed")
        assert response.headers["Allow"] == "GET, HEAD"

    async def test_wrong_method_where_each_has_a_route_of_its_own(
        self, app: FastAPI, client: AsyncClient
    ) -> None:
        app.get("/orders/{number}")(raising(NotFoundError("No such order.")))
        app.delete("/orders/{number}")(raising(NotFoundError("No such order.")))

        response = await client.put("/orders/1")

        assert_problem(response, 405, "method_not_allowed")
        assert response.headers["Allow"] == "DELETE, GET"

    async def test_raised_by_an_endpoint(self, app: FastAPI, client: AsyncClient) -> None:
        app.get("/probe")(raising(HTTPException(418, "Short and stout.")))

        response = await client.get("/probe")

        assert_problem(response, 418, "http_418")
        assert response.json()["detail"] == "Short and stout."


class TestValidation:
    async def test_each_wrong_field(self, app: FastAPI, client: AsyncClient) -> None:
        app.post("/orders")(order)

        response = await client.post("/orders", json={"amount": 4711})

        assert_problem(response, 422, "validation_failed")
        assert [(each["location"], each["code"]) for each in response.json()["errors"]] == [
            (["body", "product"], "missing"),
            (["body", "amount"], "less_than_equal"),
        ]
        assert response.json()["errors_total"] == 2

    async def test_a_hundred_are_named_and_all_counted(
        self, app: FastAPI, client: AsyncClient
    ) -> None:
        app.post("/orders")(order)

        response = await client.post("/orders", json={f"x{n}": n for n in range(70_000)})

        assert_problem(response, 422, "validation_failed")
        assert len(response.json()["errors"]) == 100
        assert response.json()["errors_total"] == 70_002
        assert len(response.content) < 20_000

    async def test_a_long_name_is_cut(self, app: FastAPI, client: AsyncClient) -> None:
        app.post("/orders")(order)

        response = await client.post("/orders", json={"x" * 500_000: 1, "amount": 1})

        assert response.json()["errors"][1]["location"] == ["body", "x" * 100 + "..."]

    async def test_values_are_not_repeated(self, app: FastAPI, client: AsyncClient) -> None:
        app.post("/orders")(order)

        response = await client.post("/orders", json={"product": ["hunter2"], "amount": 4711})

        assert response.status_code == 422
        assert "hunter2" not in response.text
        assert "4711" not in response.text.replace(response.json()["request_id"], "")

    async def test_malformed_json(self, app: FastAPI, client: AsyncClient) -> None:
        app.post("/orders")(order)
        headers = {"Content-Type": "application/json"}

        response = await client.post("/orders", content=b'{"product": hunter2', headers=headers)

        assert_problem(response, 422, "validation_failed")
        assert response.json()["errors"][0]["code"] == "json_invalid"
        assert "hunter2" not in response.text

    @pytest.mark.parametrize(
        "content", [b"[" * 100_000, b"9" * 5000], ids=["too deep", "too many digits"]
    )
    async def test_unreadable_json(self, app: FastAPI, client: AsyncClient, content: bytes) -> None:
        app.post("/orders")(order)
        headers = {"Content-Type": "application/json"}

        response = await client.post("/orders", content=content, headers=headers)

        assert_problem(response, 400, "bad_request")

    @pytest.mark.parametrize("headers", [{}, {"Content-Type": "text/plain"}])
    async def test_not_declared_as_json(
        self, app: FastAPI, client: AsyncClient, headers: dict[str, str]
    ) -> None:
        app.post("/orders")(order)

        content = b'{"product": "hunter2", "amount": 1}'
        response = await client.post("/orders", content=content, headers=headers)

        assert_problem(response, 422, "validation_failed")
        assert response.json()["errors"][0]["location"] == ["body"]
        assert "hunter2" not in response.text


class TestUnhandled:
    async def test_no_internals(self, app: FastAPI, client: AsyncClient) -> None:
        app.get("/probe")(raising(RuntimeError("hunter2")))

        response = await client.get("/probe")

        assert_problem(response, 500, "internal_error")
        assert "hunter2" not in response.text
        assert "RuntimeError" not in response.text
        assert response.headers["X-Content-Type-Options"] == "nosniff"

    async def test_logged_once_with_the_error(self, app: FastAPI, client: AsyncClient) -> None:
        app.get("/probe")(raising(RuntimeError("hunter2")))

        with captured_log(unhandled) as log, captured_log(middleware) as access_log:
            response = await client.get("/probe")

        request_id = response.json()["request_id"]
        assert [(each["event"], each["log_level"], each["request_id"]) for each in log] == [
            ("unhandled error", "error", request_id)
        ]
        assert log[0]["exc_info"] is True
        assert [(each["event"], each["log_level"], each["request_id"]) for each in access_log] == [
            ("request", "error", request_id)
        ]

    async def test_browsers_of_other_origins_may_read_it(self, settings: Settings) -> None:
        http = settings.http.model_copy(update={"cors_origins": (ORIGIN,)})
        app = create_app(replace(settings, http=http))
        app.get("/probe")(raising(RuntimeError("hunter2")))

        async with running(app) as client:
            response = await client.get("/probe", headers={"Origin": ORIGIN})

        assert_problem(response, 500, "internal_error")
        assert response.headers["Access-Control-Allow-Origin"] == ORIGIN

    async def test_an_answer_that_has_begun_is_cut_off(
        self, app: FastAPI, client: AsyncClient
    ) -> None:
        async def body() -> AsyncIterator[bytes]:
            yield b"half"
            raise RuntimeError("broken off")

        app.add_api_route("/probe", lambda: StreamingResponse(body()))

        with (
            captured_log(unhandled) as log,
            captured_log(middleware) as access_log,
            pytest.raises(RuntimeError, match="broken off"),
        ):
            await client.get("/probe")

        assert [each["event"] for each in log] == ["unhandled error"]
        assert [each["event"] for each in access_log] == ["request"]


class TestOpenapi:
    async def test_errors_are_documented_as_problems(
        self, app: FastAPI, client: AsyncClient
    ) -> None:
        app.post("/orders", responses=problems(NotFoundError, reads_body=True))(order)

        document = (await client.get("/openapi.json")).json()

        responses = document["paths"]["/orders"]["post"]["responses"]
        assert responses.pop("200")["content"].keys() == {"application/json"}
        assert responses.keys() == {"400", "404", "413", *(str(status) for status in problems())}
        for response in responses.values():
            assert response["content"].keys() == {"application/problem+json"}

    async def test_every_reference_leads_somewhere(self, app: FastAPI, client: AsyncClient) -> None:
        app.post("/orders", responses=problems(NotFoundError))(order)

        response = await client.get("/openapi.json")

        schemas = response.json()["components"]["schemas"]
        references = set(re.findall(r'"\$ref": ?"(.+?)"', response.text))
        assert "#/components/schemas/Order" in references
        assert references <= {f"#/components/schemas/{name}" for name in schemas}
