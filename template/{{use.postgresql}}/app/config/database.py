"""The connections to the database."""

from datetime import timedelta
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr

from app.config.pool import PoolSettings
from app.config.section import Seconds
from app.config.url import is_url


def check_url(url: SecretStr) -> SecretStr:
    """Refuse what is no PostgreSQL URL."""
    if not is_url(url.get_secret_value(), {"postgresql", "postgres"}):
        raise ValueError("use the form postgresql://user:password@host:5432/database")
    return url


class DatabaseSettings(PoolSettings):
    """Where the database is, and for how long to wait for it."""

    url: Annotated[SecretStr, AfterValidator(check_url)] = Field(
        default=..., validation_alias="DATABASE_URL"
    )
    connect_timeout: Seconds = Field(
        default=timedelta(seconds=5), validation_alias="DATABASE_CONNECT_TIMEOUT"
    )
    statement_timeout: Seconds = Field(
        default=timedelta(seconds=30), validation_alias="DATABASE_STATEMENT_TIMEOUT"
    )
