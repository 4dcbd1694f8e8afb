"""How long notifications are kept."""

from datetime import timedelta

from pydantic import Field

from app.config.section import Section


class NotificationSettings(Section):
    """What is older is deleted, whether or not it was read."""

    keep_days: int = Field(default=90, ge=1, le=3650, validation_alias="NOTIFICATIONS_KEEP_DAYS")

    @property
    def kept(self) -> timedelta:
        """Say it as a duration."""
        return timedelta(days=self.keep_days)
