"""What every section of the settings shares."""

import re
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Final, Self

from pydantic import BeforeValidator, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

NUMBER: Final = re.compile(r"\d+(\.\d+)?")


def read_seconds(value: object) -> object:
    """Take ``"1.5"`` for seconds; anything but text passes through."""
    if not isinstance(value, str):
        return value
    if not NUMBER.fullmatch(value):
        raise ValueError("use a number of seconds")
    return float(value)


def split_commas(value: object) -> object:
    """Turn ``"a, b"`` into ``("a", "b")``; anything else passes through."""
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


Seconds = Annotated[timedelta, BeforeValidator(read_seconds)]


class Environment(StrEnum):
    """Where the service runs. Whatever does not say so is production."""

    DEVELOPMENT = "development"
    TEST = "test"
    PRODUCTION = "production"


class Section(BaseSettings):
    """Settings read from environment variables; an empty variable counts as unset."""

    model_config = SettingsConfigDict(
        frozen=True,
        env_ignore_empty=True,
        hide_input_in_errors=True,
        validate_by_name=True,
        validate_by_alias=True,
    )

    environment: Environment = Field(default=Environment.PRODUCTION, validation_alias="ENVIRONMENT")

    @classmethod
    def read(cls) -> Self:
        """Take everything from the environment."""
        return cls()
