"""What can be wrong with an upload, or with what is kept.

AppError
├── IncompleteUploadError   400
├── UnsupportedUploadError  415
├── UnfitUploadError        422
└── StorageFullError        507
UnavailableError            503
"""

import errno
from collections.abc import Generator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Final

import structlog

from app.core.errors import AppError, UnavailableError

log = structlog.stdlib.get_logger()

FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class IncompleteUploadError(AppError):
    """The form is broken, or broken off."""

    status = HTTPStatus.BAD_REQUEST
    code = "bad_request"


class UnsupportedUploadError(AppError):
    """It is no form, or a file is of a type that is not taken."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    code = "unsupported_type"


class UnfitUploadError(AppError):
    """The form has no file, or too many."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "unfit_upload"


class StorageFullError(AppError):
    """There is no room for it (RFC 4918, section 11.5)."""

    status = HTTPStatus.INSUFFICIENT_STORAGE
    code = "storage_full"


@contextmanager
def storage_errors() -> Generator[None]:
    """Translate what the file system refuses into the service's own errors."""
    try:
        yield
    except OSError as error:
        log.error("storage failed", reason=error.strerror)
        if error.errno in FULL:
            raise StorageFullError("There is no room for it.") from error
        raise UnavailableError("The storage does not answer.") from error
