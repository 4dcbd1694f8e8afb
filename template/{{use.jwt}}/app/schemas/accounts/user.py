"""Users as administrators, and they themselves, see them."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from app.core.http.request_model import RequestModel
from app.schemas.accounts.password import NewPassword
from app.schemas.accounts.role import Role
from app.schemas.page import PageQuery
from app.schemas.text import Text


class UserRead(BaseModel):
    """A user, without anything that proves who they are."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    email: str
    role: Role
    is_active: bool
    verified_at: datetime | None
    created_at: datetime
    updated_at: datetime


class UserUpdate(RequestModel):
    """What an administrator may change (OWASP API3:2023); what is left out stays as it is."""

    role: Role = Field(default=Role.USER)
    is_active: bool = Field(default=True, strict=True)


class PasswordChange(RequestModel):
    """The password so far, and the one that holds from now on."""

    current_password: str = Field(max_length=1000)
    password: NewPassword


class Deactivation(RequestModel):
    """The password, to be sure who wants it."""

    password: str = Field(max_length=1000)


class UserQuery(PageQuery):
    """Which users. ``email`` finds a part of the address, in either case."""

    sort: Literal["id", "-id", "email", "-email", "created_at", "-created_at"] = "id"
    email: Text | None = Field(default=None, max_length=254)
    role: Role | None = None
    is_active: bool | None = None
