"""The error of a request that is well-formed and cannot be followed.

AppError
└── UnprocessableError  422
"""

from http import HTTPStatus

from app.core.errors import AppError


class UnprocessableError(AppError):
    """The content is at odds with what it refers to (RFC 9110, section 15.5.21)."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "unprocessable"
