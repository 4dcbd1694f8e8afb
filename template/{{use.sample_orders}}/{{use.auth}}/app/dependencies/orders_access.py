"""What it takes to see orders, and to submit and cancel them."""

from typing import Final

from app.dependencies.auth import require
from app.schemas.permissions.orders import OrderPermission

REQUIRE_ORDERS_READ: Final = require(OrderPermission.READ)
REQUIRE_ORDERS_WRITE: Final = require(OrderPermission.WRITE)
