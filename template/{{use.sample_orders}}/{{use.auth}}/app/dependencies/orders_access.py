"""What it takes to see orders, and to submit and cancel them."""

from typing import Final

from app.dependencies.auth import require
from app.schemas.permission import Permission

REQUIRE_ORDERS_READ: Final = require(Permission.ORDERS_READ)
REQUIRE_ORDERS_WRITE: Final = require(Permission.ORDERS_WRITE)
