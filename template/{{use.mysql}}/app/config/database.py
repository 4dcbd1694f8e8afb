"""The connections to the database."""

from datetime import timedelta
from typing import Annotated, Final, Self
from urllib.parse import parse_qsl, urlsplit

from pydantic import AfterValidator, Field, SecretStr

from app.config.password import with_password
from app.config.pool import PoolSettings
from app.config.section import Seconds
from app.config.url import is_url

OPTIONS: Final = {"ssl_ca", "ssl_cert", "ssl_key", "ssl_check_hostname", "unix_socket"}


def check_url(url: SecretStr) -> SecretStr:
    """Refuse what is no MySQL URL, or asks for what the driver does not know."""
    if not is_url(url.get_secret_value(), {"mysql", "mariadb"}):
        raise ValueError("use the form mysql://user:password@host:3306/database")
    query = urlsplit(url.get_secret_value()).query
    if not OPTIONS.issuperset(dict(parse_qsl(query, keep_blank_values=True))):
        raise ValueError(f"use no other options than {', '.join(sorted(OPTIONS))}")
    return url


DatabaseUrl = Annotated[SecretStr, AfterValidator(check_url), AfterValidator(with_password)]


class DatabaseSettings(PoolSettings):
    """Where the database is, and for how long to wait for it."""

    password: SecretStr | None = Field(default=None, validation_alias="DATABASE_PASSWORD")
    url: DatabaseUrl = Field(default=..., validation_alias="DATABASE_URL")
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
        """Go another way, or as another user, if that has a URL of its own."""
        return self.model_copy(update={"url": self.migration_url or self.url})
