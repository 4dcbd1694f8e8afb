"""What it takes to see products, and to change them."""

from typing import Final

from app.dependencies.auth import require
from app.schemas.permissions.products import ProductPermission

REQUIRE_PRODUCTS_READ: Final = require()
REQUIRE_PRODUCTS_WRITE: Final = require(ProductPermission.WRITE)
