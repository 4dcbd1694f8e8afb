"""What a new password has to be like (ASVS 5, chapter 6.2; NIST SP 800-63B, section 3.1.1.2)."""

import re
from functools import cache
from string import ascii_lowercase, digits, punctuation, whitespace
from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from app.core.security.passwords import LONGEST, normalized

SHORTEST: Final = 12
LONGEST_PATTERN: Final = 4
RUNS: Final = (digits * 13, ascii_lowercase * 5)
ORNAMENTS: Final = digits + punctuation + whitespace
REPETITION: Final = re.compile(r"(.+?)\1+", re.DOTALL)


def normalize(value: object) -> object:
    """Count and compare characters in the form that is hashed; anything but text passes through."""
    return normalized(value) if isinstance(value, str) else value


def refuse_common(password: str) -> str:
    """Refuse what is guessed first: common passwords and words, ornamented or repeated."""
    if is_common(password.casefold()):
        raise PydanticCustomError("password_common", "is too common: choose one that is not")
    return password


def is_common(password: str) -> bool:
    """Look for ``password``, for ``password1!`` as well as ``passwordpassword``."""
    repetition = REPETITION.fullmatch(password)
    pattern = repetition[1] if repetition else password
    word = pattern.strip(ORNAMENTS)
    return (
        len(pattern) <= LONGEST_PATTERN
        or is_guessed(pattern)
        or (is_guessed(word) and len(word) >= len(pattern) / 2)
    )


def is_guessed(word: str) -> bool:
    """Look in the lists, and for a part of ``1234567890`` or ``abcdef``, backwards too."""
    return word in common_words() or any(word in run or word[::-1] in run for run in RUNS)


@cache
def common_words() -> frozenset[str]:
    """Load the lists when the first password is chosen: the service starts without them."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset[str]().union(*FREQUENCY_LISTS.values())


def refuse_email(password: str, email: str) -> str:
    """Refuse a password that is the user's address, or the part before the @ with ornaments."""
    address = email.casefold()
    name = address.rpartition("@")[0]
    chosen = password.casefold()
    if chosen == address or name in {chosen, chosen.strip(ORNAMENTS)}:
        raise PydanticCustomError("password_is_email", "must not be your e-mail address")
    return password


NewPassword = Annotated[
    str,
    Field(min_length=SHORTEST, max_length=LONGEST),
    BeforeValidator(normalize),
    AfterValidator(refuse_common),
]
