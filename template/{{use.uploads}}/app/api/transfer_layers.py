"""What the layers around every request do differently for files."""

import re
from collections.abc import Callable
from typing import Final

from starlette.middleware import Middleware

from app.config.settings import Settings
from app.core.http.lifted_limit import LiftedLimitMiddleware
from app.core.http.uncompressed import UncompressedMiddleware

UPLOADS: Final = "/api/v1/files"
DOWNLOAD: Final = re.compile(r"/files/[^/]+/content$")


def uncompressed_layer(_: Settings) -> Middleware:
    """Leave downloads alone."""
    return Middleware(UncompressedMiddleware, path=DOWNLOAD)


def lifted(layer: Callable[[Settings], Middleware]) -> Callable[[Settings], Middleware]:
    """Limit bodies as ``layer`` does, but for those of uploads."""

    def lifted_layer(settings: Settings) -> Middleware:
        limit, paths = settings.uploads.max_size, {UPLOADS, settings.http.root_path + UPLOADS}
        return Middleware(LiftedLimitMiddleware, usual=layer(settings), limit=limit, paths=paths)

    return lifted_layer
