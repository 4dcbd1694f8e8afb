"""The error of who comes when too many wait.

AppError
└── QueueFullError  429
"""

from http import HTTPStatus
from types import MappingProxyType

from app.core.errors import AppError


class QueueFullError(AppError):
    """As many wait as may (OWASP API4:2023)."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    code = "queue_full"
    headers = MappingProxyType({"Retry-After": "1"})

    def __init__(self) -> None:
        super().__init__("Too many wait for this already: try again.")
