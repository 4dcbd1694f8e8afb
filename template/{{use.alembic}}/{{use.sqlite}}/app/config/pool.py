"""How transactions share the connection that each worker process has."""

from datetime import timedelta

from pydantic import Field

from app.config.section import Seconds, Section


class PoolSettings(Section):
    """Only one transaction can write anyway, so each process has one connection for them all."""

    pool_timeout: Seconds = Field(
        default=timedelta(seconds=5), validation_alias="DATABASE_POOL_TIMEOUT"
    )
