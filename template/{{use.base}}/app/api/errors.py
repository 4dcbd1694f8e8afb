"""Every error becomes a problem: one shape, whoever raised it."""

from collections.abc import Callable, Coroutine
from http import HTTPMethod, HTTPStatus
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.routing import Match

from app.core.errors import AppError
from app.core.http.middleware import Exchange
from app.core.http.problem import PROBLEM_JSON, FieldProblem, Problem, problem_response

CODES: Final = {
    HTTPStatus.BAD_REQUEST: "bad_request",
    HTTPStatus.NOT_FOUND: "not_found",
    HTTPStatus.METHOD_NOT_ALLOWED: "method_not_allowed",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "content_too_large",
}

Responses = dict[int | str, dict[str, object]]


def problems(*errors: type[AppError], reads_body: bool = False) -> Responses:
    """Document a route's errors in OpenAPI; a body can be no text at all, or too large."""
    statuses = {HTTPStatus.UNPROCESSABLE_ENTITY, *(error.status for error in errors)}
    if reads_body:
        statuses |= {HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE}
    content = {PROBLEM_JSON: {"schema": Problem.model_json_schema()}}
    return {
        status.value: {"description": status.phrase, "content": content}
        for status in sorted(statuses)
    }


def request_id_of(request: Request) -> str:
    """Find the id that the middleware gave to the request."""
    exchange: Exchange = request.state.exchange
    return exchange.request_id


async def answer_app_error(request: Request, error: AppError) -> JSONResponse:
    """Answer an error that the service raised on purpose."""
    return problem_response(
        error.status,
        code=error.code,
        detail=error.detail,
        request_id=request_id_of(request),
        headers=error.headers,
    )


async def answer_validation_error(request: Request, error: RequestValidationError) -> JSONResponse:
    """Name each wrong field; the value itself is not repeated."""
    return problem_response(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        code="validation_failed",
        detail="The request is not valid.",
        request_id=request_id_of(request),
        errors=[
            FieldProblem(location=list(each["loc"]), message=each["msg"], code=each["type"])
            for each in error.errors()
        ],
    )


async def answer_http_exception(request: Request, error: HTTPException) -> JSONResponse:
    """Answer what the framework raised: no such route, a method that is not allowed, ..."""
    status = HTTPStatus(error.status_code)
    headers = dict(error.headers or {})
    if status is HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join(allowed_methods(request))
    return problem_response(
        status,
        code=CODES.get(status, f"http_{status.value}"),
        detail=error.detail,
        request_id=request_id_of(request),
        headers=headers,
    )


def allowed_methods(request: Request) -> list[str]:
    """Ask all routes (RFC 9110, section 15.5.6): the one that raised names only its own methods."""
    app: FastAPI = request.app
    return [
        method.value
        for method in HTTPMethod
        if any(
            route.matches({**request.scope, "method": method.value})[0] is Match.FULL
            for route in app.routes
        )
    ]


Handler = Callable[[Request, Any], Coroutine[Any, Any, Response]]

EXCEPTION_HANDLERS: Final[dict[int | type[Exception], Handler]] = {
    AppError: answer_app_error,
    RequestValidationError: answer_validation_error,
    HTTPException: answer_http_exception,
}
