"""The errors of whoever is not known, or not allowed.

AppError
├── UnauthenticatedError  401
└── ForbiddenError        403
"""

from http import HTTPStatus
from types import MappingProxyType

from app.core.errors import AppError
from app.core.security.challenge import CHALLENGE


class UnauthenticatedError(AppError):
    """No credential, or none that is valid (RFC 9110, section 15.5.2)."""

    status = HTTPStatus.UNAUTHORIZED
    code = "unauthenticated"
    headers = MappingProxyType({"WWW-Authenticate": CHALLENGE})


class ForbiddenError(AppError):
    """A valid credential that does not suffice (RFC 9110, section 15.5.4)."""

    status = HTTPStatus.FORBIDDEN
    code = "forbidden"
