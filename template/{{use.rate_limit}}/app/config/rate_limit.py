"""How much one caller may ask for."""

from dataclasses import dataclass
from typing import Annotated, Final

from limits import parse_many
from pydantic import BeforeValidator, Field
from pydantic_settings import NoDecode

from app.config.section import Section

MOST_WINDOWS: Final = 4
LARGEST: Final = 1_000_000_000
FORM: Final = "use the form 300/minute, or 10/second;300/minute for several windows at once"


@dataclass(frozen=True, slots=True)
class Window:
    """So much in so many seconds."""

    amount: int
    seconds: int


def read_windows(value: object) -> object:
    """Take ``10/second;300/minute`` for windows; anything but text passes through."""
    if not isinstance(value, str):
        return value
    try:
        limits = parse_many(value)
    except ValueError:
        raise ValueError(FORM) from None
    return checked(tuple(Window(each.amount, each.get_expiry()) for each in limits))


def checked(windows: tuple[Window, ...]) -> tuple[Window, ...]:
    """Refuse what would cost too much to count."""
    if any(not 1 <= window.amount <= LARGEST for window in windows):
        raise ValueError(f"allow between 1 and {LARGEST} requests in each window")
    if len({window.seconds for window in windows}) < len(windows) or len(windows) > MOST_WINDOWS:
        raise ValueError(f"use at most {MOST_WINDOWS} windows, each of another length")
    return windows


Windows = Annotated[tuple[Window, ...], NoDecode, BeforeValidator(read_windows)]


class RateLimitSettings(Section):
    """What holds for every route, beside limits of its own."""

    default: Windows = Field(default=(Window(300, 60),), validation_alias="RATE_LIMIT_DEFAULT")
