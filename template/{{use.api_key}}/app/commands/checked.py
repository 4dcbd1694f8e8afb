"""Arguments that a schema decides about."""

from collections.abc import Callable
from typing import TypeVar

import typer
from pydantic import TypeAdapter, ValidationError

Value = TypeVar("Value")


def checked(kind: TypeAdapter[Value]) -> Callable[[Value], Value]:
    """Hold an argument against a type of the API."""

    def check(value: Value) -> Value:
        try:
            return kind.validate_python(value)
        except ValidationError as error:
            raise typer.BadParameter(error.errors()[0]["msg"]) from None

    return check
