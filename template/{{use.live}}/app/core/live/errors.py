"""The errors of who wants to listen.

AppError
├── TooManyStreamsError  429
└── CrowdedError         503
"""

from http import HTTPStatus
from types import MappingProxyType

from app.core.errors import AppError, UnavailableError


class TooManyStreamsError(AppError):
    """Whoever asks listens too often already."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    code = "too_many_streams"
    headers = MappingProxyType({"Retry-After": "5"})

    def __init__(self) -> None:
        super().__init__("You have too many streams open.")


class CrowdedError(UnavailableError):
    """The process has no seat left."""

    code = "crowded"

    def __init__(self) -> None:
        super().__init__("Too many listen here: try again.")
