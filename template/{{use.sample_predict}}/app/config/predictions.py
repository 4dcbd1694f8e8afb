"""How much is asked of the model at once, and how much may wait."""

from datetime import timedelta

from pydantic import Field

from app.config.section import Seconds, Section


class PredictionSettings(Section):
    """Limits of a process: ``concurrency`` calls at once, and ``queue_size`` requests that wait."""

    concurrency: int = Field(default=4, ge=1, le=1000, validation_alias="PREDICT_CONCURRENCY")
    queue_size: int = Field(default=100, ge=1, le=10_000, validation_alias="PREDICT_QUEUE_SIZE")
    batch_size: int = Field(default=8, ge=1, le=1000, validation_alias="PREDICT_BATCH_SIZE")
    batch_wait: Seconds = Field(
        default=timedelta(seconds=0.01),
        ge=timedelta(0),
        le=timedelta(seconds=1),
        validation_alias="PREDICT_BATCH_WAIT",
    )
    stream_timeout: Seconds = Field(
        default=timedelta(seconds=120),
        gt=timedelta(0),
        le=timedelta(hours=1),
        validation_alias="PREDICT_STREAM_TIMEOUT",
    )
