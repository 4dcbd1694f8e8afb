"""Server-sent events: how long a stream lasts."""

from datetime import timedelta

from pydantic import Field

from app.config.section import Seconds, Section


class EventSettings(Section):
    """A stream ends, and its client comes back."""

    lifetime: Seconds = Field(
        default=timedelta(seconds=60),
        gt=timedelta(0),
        le=timedelta(hours=1),
        validation_alias="LIVE_LIFETIME",
    )
