"""The body of every error: problem details (RFC 9457)."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Annotated, Final

from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, WithJsonSchema

PROBLEM_JSON: Final = "application/problem+json"
MOST_ERRORS: Final = 100


class FieldProblem(BaseModel):
    """One wrong value in a request."""

    location: list[str | int] = Field(examples=[["body", "name"]])
    message: str
    code: str


# Written out where it is used, because OpenAPI knows no "$defs".
FieldProblems = Annotated[
    list[FieldProblem],
    WithJsonSchema({"type": "array", "items": FieldProblem.model_json_schema()}),
]


class Problem(BaseModel):
    """What went wrong. ``code`` is stable; ``request_id`` finds the request in the log.

    ``errors`` are the first hundred of ``errors_total``.
    """

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str
    request_id: str
    errors: FieldProblems | None = None
    errors_total: int | None = None


def problem_response(  # noqa: PLR0913 - each is a member of the body, all by name
    status: HTTPStatus,
    *,
    code: str,
    detail: str,
    request_id: str,
    headers: Mapping[str, str] | None = None,
    errors: Sequence[FieldProblem] | None = None,
    errors_total: int | None = None,
) -> JSONResponse:
    """Render a problem; ``errors`` and their number are left out when there are none."""
    problem = Problem(
        title=status.phrase,
        status=status,
        detail=detail,
        code=code,
        request_id=request_id,
        errors=list(errors) if errors else None,
        errors_total=errors_total,
    )
    return JSONResponse(
        problem.model_dump(exclude_none=True),
        status_code=status.value,
        headers=dict(headers or {}),
        media_type=PROBLEM_JSON,
    )
