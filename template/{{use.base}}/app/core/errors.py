"""The errors that the service answers with.

AppError
├── NotFoundError             404
├── ConflictError             409
├── PreconditionFailedError   412
├── PreconditionRequiredError 428
└── UnavailableError          503
"""

from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import ClassVar


class AppError(Exception):
    """An outcome that a client is told about.

    ``code`` is stable and meant for programs; ``detail`` is one sentence for people.
    """

    status: ClassVar[HTTPStatus]
    code: str
    headers: Mapping[str, str] = MappingProxyType({})

    def __init__(self, detail: str, *, code: str | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        if code is not None:
            self.code = code


class NotFoundError(AppError):
    """There is no such thing, or none that this client may see."""

    status = HTTPStatus.NOT_FOUND
    code = "not_found"


class ConflictError(AppError):
    """The request is at odds with what is stored."""

    status = HTTPStatus.CONFLICT
    code = "conflict"


class PreconditionFailedError(AppError):
    """The client's copy is out of date (RFC 9110, section 13.1.1)."""

    status = HTTPStatus.PRECONDITION_FAILED
    code = "stale_version"


class PreconditionRequiredError(AppError):
    """A change needs the version that it is based on (RFC 6585, section 3)."""

    status = HTTPStatus.PRECONDITION_REQUIRED
    code = "if_match_required"


class UnavailableError(AppError):
    """Something that the service depends on does not answer."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    code = "unavailable"
    headers = MappingProxyType({"Retry-After": "5"})
