"""Roles: sets of permissions, given to users."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from app.schemas.permissions.base import Permission, permissions


class Role(StrEnum):
    """What a user is. Whoever registers is a user; only an administrator makes another one."""

    USER = "user"
    ADMIN = "admin"


PERMISSIONS: Final[Mapping[Role, frozenset[Permission]]] = {
    Role.USER: frozenset(permission for permission in permissions() if permission.everybody),
    Role.ADMIN: frozenset(permissions()),
}
