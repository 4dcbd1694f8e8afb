"""What it takes to ask the model."""

from typing import Final

from app.dependencies.auth import require
from app.schemas.permissions.predictions import PredictionPermission

REQUIRE_PREDICTIONS: Final = require(PredictionPermission.CREATE)
