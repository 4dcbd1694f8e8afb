"""What it takes to see items, and to change them."""

from typing import Final

from app.dependencies.auth import require
from app.schemas.permissions.items import ItemPermission

REQUIRE_ITEMS_READ: Final = require()
REQUIRE_ITEMS_WRITE: Final = require(ItemPermission.WRITE)
