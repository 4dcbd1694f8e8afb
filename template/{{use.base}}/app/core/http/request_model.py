"""What clients send, as a body or as a query."""

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final, Self, cast

from pydantic import BaseModel, ConfigDict, ModelWrapValidatorHandler, model_validator
from pydantic_core import ErrorDetails

from app.core.http.problem import MOST_ERRORS

left: Final[ContextVar[int | None]] = ContextVar("left", default=None)
"""How many unknown fields may still be named, while a model is checked."""


@dataclass(frozen=True, slots=True)
class Unnamed:
    """Is the value of the last unknown field that is named, in an object with ``more`` of them."""

    more: int


def weight(error: ErrorDetails) -> int:
    """Count an error, and those that it stands for."""
    value: object = error.get("input")
    return 1 + value.more if isinstance(value, Unnamed) else 1


class RequestModel(BaseModel):
    """Refuses fields that it does not have, and has no more of them named than are answered.

    An error for each of a hundred thousand would take many times what parsing them takes.
    """

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="wrap")
    @classmethod
    def name_some(cls, data: object, validate: ModelWrapValidatorHandler[Self]) -> Self:
        """Share one number of names among a model and those inside of it."""
        if left.get() is not None:
            return validate(cls.shortened(data))
        token = left.set(MOST_ERRORS)
        try:
            return validate(cls.shortened(data))
        finally:
            left.reset(token)

    @classmethod
    def shortened(cls, data: object) -> object:
        """Keep of the unknown fields only those that will be named, which is at least one."""
        if not isinstance(data, dict):
            return data
        given = cast("dict[str, object]", data)
        if len(given) <= len(cls.model_fields):
            return given
        known = cls.model_fields.keys() | {field.alias for field in cls.model_fields.values()}
        unknown = [name for name in given if name not in known]
        named = unknown[: max(1, left.get() or 0)]
        left.set((left.get() or 0) - len(named))
        if len(named) == len(unknown):
            return given
        kept: dict[str, object] = {name: given[name] for name in given if name in known}
        return kept | dict.fromkeys(named) | {named[-1]: Unnamed(len(unknown) - len(named))}
