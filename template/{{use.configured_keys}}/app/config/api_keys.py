"""The keys that the service takes."""

import re
from dataclasses import dataclass, field
from typing import Annotated, Final

from pydantic import BeforeValidator, Field
from pydantic_settings import NoDecode

from app.config.section import Section

FORMAT: Final = re.compile(
    r"(?P<name>[A-Za-z0-9][A-Za-z0-9._-]{0,99})"
    r":(?P<digest>[0-9a-f]{64})"
    r":(?P<scopes>([a-z0-9_:-]+(\+[a-z0-9_:-]+)*)?)"
)


@dataclass(frozen=True, slots=True)
class ConfiguredKey:
    """Whose key it is, the SHA-256 of its secret, and what it may do."""

    name: str
    digest: str = field(repr=False)
    scopes: frozenset[str]


def read_keys(value: object) -> object:
    """Take ``name:digest:scope+scope``, one after the other; anything but text passes through."""
    if not isinstance(value, str):
        return value
    texts = [text for text in re.split(r"[\s,]+", value) if text]
    keys = tuple(read_key(number, text) for number, text in enumerate(texts, start=1))
    if len({key.digest for key in keys}) < len(keys):
        raise ValueError("a key is there twice")
    return keys


def read_key(number: int, text: str) -> ConfiguredKey:
    """Read one key, or say which one is wrong."""
    match = FORMAT.fullmatch(text)
    if match is None:
        raise ValueError(f"key {number} is not of the form name:digest:scope+scope")
    return ConfiguredKey(
        match["name"], match["digest"], frozenset(filter(None, match["scopes"].split("+")))
    )


class ApiKeySettings(Section):
    """Only hashes: whoever reads the settings still has no key."""

    keys: Annotated[tuple[ConfiguredKey, ...], NoDecode, BeforeValidator(read_keys)] = Field(
        default=(), validation_alias="API_KEYS"
    )
