"""What browsers and proxies are told."""

from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_settings import NoDecode

from app.config.section import Environment, Section


def split_commas(value: object) -> object:
    """Turn ``"a, b"`` into ``("a", "b")``; anything else passes through."""
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


class HttpSettings(Section):
    """Cross-origin rules, compression and transport security."""

    cors_origins: Annotated[tuple[str, ...], NoDecode, BeforeValidator(split_commas)] = Field(
        default=(), validation_alias="CORS_ORIGINS"
    )
    gzip_minimum_size: int = Field(default=1000, ge=0, validation_alias="GZIP_MINIMUM_SIZE")
    max_body_size: int = Field(default=1_048_576, ge=0, validation_alias="MAX_BODY_SIZE")
    hsts_seconds: int = Field(default=31_536_000, ge=0, validation_alias="HSTS_SECONDS")

    @property
    def sends_hsts(self) -> bool:
        """Whether browsers are pinned to HTTPS: in production only (RFC 6797)."""
        return self.environment is Environment.PRODUCTION and self.hsts_seconds > 0
