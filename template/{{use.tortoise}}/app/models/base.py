"""What every table shares."""

from app.models.utc import UtcDatetimeField


class Timestamped:
    """When a row was made and last changed."""

    created_at = UtcDatetimeField(auto_now_add=True, db_index=True)
    updated_at = UtcDatetimeField(auto_now=True)
