"""What may be asked of the model."""

from app.schemas.permissions.base import EVERYBODY, Permission


class PredictionPermission(Permission):
    """Everybody who is known may ask."""

    CREATE = "predictions:create", "Ask the model", EVERYBODY
