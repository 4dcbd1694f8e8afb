"""The pool of connections that each worker process has."""

from datetime import timedelta

from pydantic import Field

from app.config.section import Seconds, Section


class PoolSettings(Section):
    """Workers x pool_size must stay below the server's max_connections."""

    pool_size: int = Field(default=15, ge=1, validation_alias="DATABASE_POOL_SIZE")
    pool_timeout: Seconds = Field(
        default=timedelta(seconds=5), validation_alias="DATABASE_POOL_TIMEOUT"
    )
    pool_recycle: Seconds = Field(
        default=timedelta(minutes=5), validation_alias="DATABASE_POOL_RECYCLE"
    )
