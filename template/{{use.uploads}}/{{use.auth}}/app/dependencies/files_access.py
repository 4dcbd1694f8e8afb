"""What it takes to see files, and to send and remove them."""

from typing import Final

from app.dependencies.auth import require
from app.schemas.permissions.files import FilePermission

REQUIRE_FILES_READ: Final = require(FilePermission.READ)
REQUIRE_FILES_WRITE: Final = require(FilePermission.WRITE)
