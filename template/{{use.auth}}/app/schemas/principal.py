"""Who asks."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from app.schemas.permissions.base import Permission


@dataclass(frozen=True, slots=True)
class Principal:
    """Whoever a request's credential belongs to. ``subject`` names them in what they own."""

    subject: str
    permissions: frozenset[Permission]


class PrincipalRead(BaseModel):
    """What a principal is told about itself."""

    model_config = ConfigDict(from_attributes=True)

    subject: str
    permissions: Annotated[list[Permission], BeforeValidator(sorted)]
