"""What a prediction takes of what all routes share."""

from typing import Final

from app.dependencies.rate_limit import costs

PREDICTION_COST: Final = costs(5)
