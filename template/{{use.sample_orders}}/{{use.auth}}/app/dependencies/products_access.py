"""What it takes to see products, and to change them."""

from typing import Final

from app.dependencies.auth import require
from app.schemas.permission import Permission

REQUIRE_PRODUCTS_READ: Final = require()
REQUIRE_PRODUCTS_WRITE: Final = require(Permission.PRODUCTS_WRITE)
