"""What clients may ask for, and what browsers are told."""

import json
import re
from datetime import timedelta
from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_settings import NoDecode

from app.config.section import Environment, Seconds, Section, split_commas

ORIGIN: Final = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?P<host>[^/?#@:*\s\[\]]+|\[[0-9A-Fa-f:.]+\])(?P<port>:\d+)?/?"
)
EVERYBODY: Final = "*"
DEFAULT_PORTS: Final = {"http": ":80", "https": ":443"}
ROOT_PATH: Final = re.compile(r"(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+")
OWN_PATHS: Final = {"api", "docs", "redoc", "openapi.json", "healthz", "readyz"}


def split_list(value: object) -> object:
    """Take ``["a", "b"]`` as well, as other frameworks want lists in variables."""
    if isinstance(value, str) and value.lstrip().startswith("["):
        return tuple(json.loads(value))
    return split_commas(value)


def check_origin(origin: str) -> str:
    """Write an origin as browsers do (RFC 6454, section 6.1), or it would never match."""
    if origin == EVERYBODY:
        return origin
    found = ORIGIN.fullmatch(origin)
    if found is None:
        raise ValueError(
            "use scheme and host of each origin, such as https://app.example.com, and no path or"
            " wildcard, or * alone for all that there are"
        )
    scheme, host, port = found["scheme"].lower(), found["host"].lower(), found["port"] or ""
    return f"{scheme}://{host}" + ("" if port == DEFAULT_PORTS.get(scheme) else port)


def check_root_path(path: str) -> str:
    """Refuse what is no prefix, or could not be told from a path of the service's own."""
    path = path.rstrip("/")
    if path and not ROOT_PATH.fullmatch(path):
        raise ValueError("use a path such as /shop")
    if path and path.split("/")[1] in OWN_PATHS:
        raise ValueError(f"{path} could not be told from a path of the service itself")
    return path


Origin = Annotated[str, AfterValidator(check_origin)]


class HttpSettings(Section):
    """Cross-origin rules, compression, limits and transport security."""

    cors_origins: Annotated[tuple[Origin, ...], NoDecode, BeforeValidator(split_list)] = Field(
        default=(), validation_alias="CORS_ORIGINS"
    )
    root_path: Annotated[str, AfterValidator(check_root_path)] = Field(
        default="", validation_alias="ROOT_PATH"
    )
    gzip_minimum_size: int = Field(default=1000, ge=0, validation_alias="GZIP_MINIMUM_SIZE")
    max_body_size: int = Field(default=1_048_576, ge=0, validation_alias="MAX_BODY_SIZE")
    max_body_values: int = Field(default=100_000, ge=1, validation_alias="MAX_BODY_VALUES")
    max_body_depth: int = Field(default=64, ge=1, validation_alias="MAX_BODY_DEPTH")
    request_timeout: Seconds = Field(
        default=timedelta(seconds=30), validation_alias="REQUEST_TIMEOUT"
    )
    hsts_seconds: int = Field(default=31_536_000, ge=0, validation_alias="HSTS_SECONDS")

    @property
    def sends_hsts(self) -> bool:
        """Whether browsers are pinned to HTTPS: in production only (RFC 6797)."""
        return self.environment is Environment.PRODUCTION and self.hsts_seconds > 0
