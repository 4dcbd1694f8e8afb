"""The pool of connections that each worker process has."""

from datetime import timedelta

from pydantic import Field

from app.config.section import Seconds, Section


class PoolSettings(Section):
    """Up to ``pool_size + max_overflow`` transactions at a time; others wait ``pool_timeout``."""

    pool_size: int = Field(default=5, ge=1, validation_alias="DATABASE_POOL_SIZE")
    max_overflow: int = Field(default=10, ge=0, validation_alias="DATABASE_MAX_OVERFLOW")
    pool_timeout: Seconds = Field(
        default=timedelta(seconds=5), validation_alias="DATABASE_POOL_TIMEOUT"
    )
