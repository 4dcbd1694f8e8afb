"""The database file and its connections."""

from datetime import timedelta
from typing import Annotated, Self

from pydantic import AfterValidator, Field, SecretStr

from app.config.pool import PoolSettings
from app.config.section import Seconds


def check_url(url: SecretStr) -> SecretStr:
    """Refuse what is no SQLite URL, and the database in memory, which each connection has anew."""
    if not url.get_secret_value().startswith("sqlite:///") or url.get_secret_value() in (
        "sqlite:///",
        "sqlite:///:memory:",
    ):
        raise ValueError("use the form sqlite:///relative/file.db or sqlite:////absolute/file.db")
    return url


class DatabaseSettings(PoolSettings):
    """One process at a time writes; the others wait for ``busy_timeout``."""

    url: Annotated[SecretStr, AfterValidator(check_url)] = Field(
        default=..., validation_alias="DATABASE_URL"
    )
    busy_timeout: Seconds = Field(
        default=timedelta(seconds=5), validation_alias="DATABASE_BUSY_TIMEOUT"
    )

    def for_migrations(self) -> Self:
        """There is one way to a file."""
        return self
