"""The errors of whoever signs in, or proves an e-mail.

AppError
├── InvalidTokenError     400
├── PasswordRefusedError  422
└── TooManyAttemptsError  429
"""

from datetime import timedelta
from http import HTTPStatus

from app.core.errors import AppError


class InvalidTokenError(AppError):
    """A token from an e-mail that is wrong, used, replaced or too old."""

    status = HTTPStatus.BAD_REQUEST
    code = "invalid_token"


class PasswordRefusedError(AppError):
    """A new password that is fine, but not for this user."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "password_refused"


class TooManyAttemptsError(AppError):
    """Too many sign-ins have failed (RFC 6585, section 4)."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    code = "too_many_attempts"

    def __init__(self, retry_after: timedelta) -> None:
        super().__init__("Too many attempts: try again later.")
        self.headers = {"Retry-After": str(round(retry_after.total_seconds()))}
