"""The connections to the database."""

from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, Field, SecretStr

from app.config.parameters import check_parameters
from app.config.password import with_password
from app.config.pool import PoolSettings
from app.config.section import Seconds
from app.config.url import is_url


class Pooler(StrEnum):
    """What stands between the service and the server, such as PgBouncer in transaction mode."""

    NONE = "none"
    TRANSACTION = "transaction"


def check_url(url: SecretStr) -> SecretStr:
    """Refuse what is no PostgreSQL URL, and what it asks for but would not get."""
    text = url.get_secret_value()
    if not all(is_url(each, {"postgresql", "postgres"}) for each in each_host(text)):
        raise ValueError("use the form postgresql://user:password@host:5432/database")
    check_parameters(text)
    return url


def each_host(url: str) -> list[str]:
    """Give a URL for each host: libpq takes several, separated by commas."""
    place = url.partition("?")[0]
    start, mark, rest = place.rpartition("@") if "@" in place else place.partition("//")
    return [f"{start}{mark}{host}" for host in rest.partition("/")[0].split(",")]


DatabaseUrl = Annotated[SecretStr, AfterValidator(check_url), AfterValidator(with_password)]


class DatabaseSettings(PoolSettings):
    """Where the database is, and for how long to wait for it."""

    password: SecretStr | None = Field(default=None, validation_alias="DATABASE_PASSWORD")
    url: DatabaseUrl = Field(default=..., validation_alias="DATABASE_URL")
    pooler: Pooler = Field(default=Pooler.NONE, validation_alias="DATABASE_POOLER")
    migration_url: DatabaseUrl | None = Field(
        default=None, validation_alias="DATABASE_MIGRATION_URL"
    )
    connect_timeout: Seconds = Field(
        default=timedelta(seconds=5), validation_alias="DATABASE_CONNECT_TIMEOUT"
    )
    statement_timeout: Seconds = Field(
        default=timedelta(seconds=30), validation_alias="DATABASE_STATEMENT_TIMEOUT"
    )

    def for_migrations(self) -> Self:
        """Go round the pooler, if that has a URL of its own."""
        if self.migration_url is None:
            return self
        return self.model_copy(update={"url": self.migration_url, "pooler": Pooler.NONE})
