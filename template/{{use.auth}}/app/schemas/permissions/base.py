"""What every permission shares."""

from enum import EnumType, StrEnum
from functools import cache
from typing import Final, Self

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from app.core.modules import find

EVERYBODY: Final = True
"""It is granted to everybody who is known."""

ADMINISTRATORS: Final = False
"""It is granted to administrators, and to nobody else."""


class Permission(StrEnum):
    """What a route can require. The value is the name of the scope in OpenAPI (RFC 6749, 3.3)."""

    description: str
    everybody: bool | None

    def __new__(cls, value: str, description: str = "", everybody: bool | None = None) -> Self:
        """Take what a subclass says of each: its name, what it allows, and to whom."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.description, member.everybody = description, everybody
        return member

    @classmethod
    def __get_pydantic_core_schema__(cls, _: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Take the name of any, whichever subclass it is of; document all of them as one type."""
        names = StrEnum(cls.__name__, [(each.value, each.value) for each in permissions()])
        names.__doc__ = cls.__doc__
        return core_schema.no_info_after_validator_function(
            find_permission,
            handler(names),
            serialization=core_schema.plain_serializer_function_ser_schema(str),
        )


@cache
def permissions() -> tuple[Permission, ...]:
    """List all that the modules beside this one declare."""
    kinds = (
        kind for kind in find("app.schemas.permissions", EnumType) if issubclass(kind, Permission)
    )
    return tuple(permission for kind in kinds for permission in kind)


def find_permission(name: str) -> Permission:
    """Give the permission of a name, or raise ValueError."""
    for permission in permissions():
        if permission == name:
            return permission
    raise ValueError(f"There is no permission {name}, only {', '.join(permissions()) or 'none'}.")
