"""The connection that each worker process has."""

from datetime import timedelta

from pydantic import Field

from app.config.section import Seconds, Section


class PoolSettings(Section):
    """One transaction at a time; others wait ``pool_timeout``."""

    pool_timeout: Seconds = Field(
        default=timedelta(seconds=5), validation_alias="DATABASE_POOL_TIMEOUT"
    )
