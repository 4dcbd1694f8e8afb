"""Roles: sets of permissions, given to users."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from app.schemas.permission import Permission


class Role(StrEnum):
    """What a user is. Whoever registers is a user; only an administrator makes another one."""

    USER = "user"
    ADMIN = "admin"


PERMISSIONS: Final[Mapping[Role, frozenset[Permission]]] = {
    Role.USER: frozenset(),
    Role.ADMIN: frozenset(Permission),
}
