"""How long others are waited for, and how much is taken of them."""

from datetime import timedelta
from typing import Annotated, ClassVar
from urllib.parse import urlsplit

from annotated_types import Gt, Le
from pydantic import AfterValidator, AliasGenerator, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.config.section import Seconds, Section

LONGEST = timedelta(minutes=10)
Patience = Annotated[Seconds, Gt(timedelta(0)), Le(LONGEST)]


def check_url(url: str) -> str:
    """Refuse at the start what no call could be made to."""
    place = urlsplit(url)
    if place.scheme not in {"http", "https"} or not place.hostname:
        raise ValueError("use the form https://host:port/path")
    if "@" in place.netloc or place.query or place.fragment:
        raise ValueError("leave out users, passwords, ? and #")
    return url.rstrip("/")


UpstreamUrl = Annotated[str, AfterValidator(check_url)]


def variables(prefix: str) -> SettingsConfigDict:
    """Have the field ``read_timeout`` read from ``PREFIX_READ_TIMEOUT``, and so all of them.

    All else is as for any section; of two bases Pydantic would take what the last one says.
    """
    config = Section.model_config.copy()
    config["alias_generator"] = AliasGenerator(
        validation_alias=lambda name: f"{prefix}_{name.upper()}"
    )
    return config


class OutgoingSettings(BaseSettings):
    """Limits of each call, and of all calls of a process together.

    ``timeout`` is that of a whole call with its repetitions, ``read_timeout`` that of each piece
    of an answer. ``breaker_failures`` in a row open the breaker, for ``breaker_pause``.
    """

    connect_timeout: Patience = timedelta(seconds=2)
    read_timeout: Patience = timedelta(seconds=5)
    timeout: Patience = timedelta(seconds=10)
    pool_size: int = Field(default=20, ge=1, le=1000)
    max_body_size: int = Field(default=1_048_576, ge=1, le=1_073_741_824)


class UpstreamSettings(OutgoingSettings):
    """One service that this one calls."""

    upstream: ClassVar[str]

    url: UpstreamUrl
    breaker_failures: int = Field(default=5, ge=1, le=1000)
    breaker_pause: Patience = timedelta(seconds=5)


class PublicWebSettings(Section, OutgoingSettings):
    """Calls to addresses that a user names."""

    model_config = variables("PUBLIC_WEB")
