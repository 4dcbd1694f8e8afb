"""What it takes to see items, and to change them."""

from typing import Final

from app.dependencies.auth import require
from app.schemas.permission import Permission

REQUIRE_ITEMS_READ: Final = require()
REQUIRE_ITEMS_WRITE: Final = require(Permission.ITEMS_WRITE)
