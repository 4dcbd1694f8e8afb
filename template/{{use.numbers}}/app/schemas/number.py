"""Numbers that are meant as such."""

from typing import Final

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError


def refuse_lookalikes(value: object) -> object:
    """Take neither ``true`` for 1 nor ``"12"`` for 12, as Pydantic would."""
    if isinstance(value, bool | str):
        raise PydanticCustomError("number_type", "Input should be a number")
    return value


NoLookalikes: Final = BeforeValidator(refuse_lookalikes)
"""For numbers in a body; in a query everything is text. Stands last, behind the limits."""
