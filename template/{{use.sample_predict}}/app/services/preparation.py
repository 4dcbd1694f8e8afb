"""From what somebody sends to what a model is asked. It computes: long texts take a process."""

import re
import unicodedata
from http import HTTPStatus
from typing import Final

from app.core.errors import AppError

SPACES: Final = re.compile(r"[^\S\n]+")
CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class UnfitInputError(AppError):
    """There is no text in it, or too much."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "unfit_input"


def prepared(raw: str | bytes, longest: int) -> str:
    """Write a text in one way (Unicode, NFC), without control characters and needless spaces.

    Raises UnfitInputError for bytes that are no UTF-8, for nothing, and for more than ``longest``
    characters.
    """
    text = unicodedata.normalize("NFC", decoded(raw))
    text = SPACES.sub(" ", CONTROLS.sub("", text)).strip()
    if not text:
        raise UnfitInputError("There is no text in it.")
    if len(text) > longest:
        raise UnfitInputError(f"A text may have at most {longest} characters.")
    return text


def decoded(raw: str | bytes) -> str:
    """Read bytes as text; a lone half of a character is none."""
    try:
        return raw.decode("utf-8-sig") if isinstance(raw, bytes) else raw.encode().decode()
    except UnicodeError:
        raise UnfitInputError("The text has to be in UTF-8.") from None
