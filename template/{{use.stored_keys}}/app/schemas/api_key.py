"""Keys as their owners see them."""

from datetime import datetime
from typing import Annotated, Final, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    FailFast,
    Field,
    StringConstraints,
)

from app.core.http.request_model import RequestModel
from app.schemas.page import PageQuery
from app.schemas.permissions.base import Permission
from app.schemas.text import Text

LONGEST_LIFE: Final = 3650
"""In days."""

KeyName = Annotated[
    Text,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=100),
    Field(json_schema_extra={"pattern": r"^[^\u0000]*[^\s\u0000][^\u0000]*$"}),  # not blank
]
Subject = KeyName


def split_scopes(value: object) -> object:
    """Turn ``"a b"`` into ``["a", "b"]`` (RFC 6749, section 3.3); anything else passes through."""
    return value.split() if isinstance(value, str) else value


class NewKey(RequestModel):
    """What may be asked of a new key. It expires, unless ``expires_days`` is null."""

    name: KeyName
    scopes: Annotated[frozenset[Permission], FailFast()] = frozenset()
    expires_days: int | None = Field(default=90, ge=1, le=LONGEST_LIFE, strict=True)


class ApiKeyRead(BaseModel):
    """A stored key, without anything that opens something (OWASP API3:2023)."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    name: str
    prefix: str
    subject: str
    scopes: Annotated[list[str], BeforeValidator(split_scopes)]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None


class ApiKeyCreated(ApiKeyRead):
    """A key when it is made: the only time that it is shown."""

    key: str


class ApiKeyQuery(PageQuery):
    """Which keys."""

    sort: Literal["id", "-id", "name", "-name", "created_at", "-created_at"] = "id"


class OwnedKeyQuery(ApiKeyQuery):
    """Which keys of a subject; None is everybody's."""

    subject: str | None
