"""What becomes of a call that brought nothing.

AppError
├── UpstreamError               502
│   ├── UpstreamUnavailableError
│   └── UpstreamInvalidError
├── UpstreamTimeoutError        504
└── UrlRefusedError             422
"""

from dataclasses import dataclass
from http import HTTPStatus

from app.core.errors import AppError


class UpstreamError(AppError):
    """Another service, which this one needs for its answer, gave none that can be used."""

    status = HTTPStatus.BAD_GATEWAY


class UpstreamUnavailableError(UpstreamError):
    """It cannot be reached, broke off, said that it failed, or is left alone for a while."""

    code = "upstream_unavailable"


class UpstreamInvalidError(UpstreamError):
    """It answered something else than was agreed on."""

    code = "upstream_invalid"


class UpstreamTimeoutError(AppError):
    """It took too long."""

    status = HTTPStatus.GATEWAY_TIMEOUT
    code = "upstream_timeout"


class UrlRefusedError(AppError):
    """A user named an address that is none of the public web."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "url_refused"


@dataclass(eq=False)
class FailedAttempt(Exception):  # noqa: N818 - only a call knows it; its caller is told ``error``
    """An attempt that failed, and what follows from it.

    ``is_harmless``: nothing was done there, so it may be tried again. ``is_theirs``: it says
    something about the other side. ``wait`` is the time in seconds that it asked for.
    """

    error: AppError
    reason: str
    is_harmless: bool = False
    is_transient: bool = False
    is_theirs: bool = True
    wait: float | None = None
