"""What is told at once: how long it is kept, and how much of everything there may be."""

from datetime import timedelta

from pydantic import Field

from app.config.section import Seconds, Section


class LiveSettings(Section):
    """Listeners of a process, and the window that all processes share."""

    heartbeat: Seconds = Field(
        default=timedelta(seconds=10),
        ge=timedelta(seconds=0.1),
        le=timedelta(seconds=30),
        validation_alias="LIVE_HEARTBEAT",
    )
    window: Seconds = Field(
        default=timedelta(minutes=5),
        ge=timedelta(seconds=1),
        le=timedelta(days=1),
        validation_alias="LIVE_WINDOW",
    )
    window_size: int = Field(default=2000, ge=1, le=100_000, validation_alias="LIVE_WINDOW_SIZE")
    max_size: int = Field(default=8192, ge=64, le=1_048_576, validation_alias="LIVE_MAX_SIZE")
    queue_size: int = Field(default=100, ge=1, le=10_000, validation_alias="LIVE_QUEUE_SIZE")
    streams: int = Field(default=1000, ge=1, le=100_000, validation_alias="LIVE_STREAMS")
    streams_each: int = Field(default=10, ge=1, le=10_000, validation_alias="LIVE_STREAMS_EACH")
