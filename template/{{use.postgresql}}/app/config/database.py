"""The database connection and its pool."""

from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr

from app.config.section import Seconds, Section


def check_url(url: SecretStr) -> SecretStr:
    """Refuse what is no PostgreSQL URL."""
    if not url.get_secret_value().startswith(("postgresql://", "postgres://")):
        raise ValueError("use the form postgresql://user:password@host:5432/database")
    return url


class DatabaseSettings(Section):
    """Workers x (pool_size + max_overflow) must stay below the server's max_connections."""

    url: Annotated[SecretStr, AfterValidator(check_url)] = Field(
        default=..., validation_alias="DATABASE_URL"
    )
    pool_size: int = Field(default=5, ge=1, validation_alias="DATABASE_POOL_SIZE")
    max_overflow: int = Field(default=10, ge=0, validation_alias="DATABASE_MAX_OVERFLOW")
    pool_timeout: Seconds = Field(
        default=timedelta(seconds=5), validation_alias="DATABASE_POOL_TIMEOUT"
    )
    pool_recycle: Seconds = Field(
        default=timedelta(minutes=30), validation_alias="DATABASE_POOL_RECYCLE"
    )
    pool_pre_ping: bool = Field(default=False, validation_alias="DATABASE_POOL_PRE_PING")
    connect_timeout: Seconds = Field(
        default=timedelta(seconds=5), validation_alias="DATABASE_CONNECT_TIMEOUT"
    )
    statement_timeout: Seconds = Field(
        default=timedelta(seconds=30), validation_alias="DATABASE_STATEMENT_TIMEOUT"
    )
