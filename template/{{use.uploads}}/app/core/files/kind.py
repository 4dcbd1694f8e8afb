"""What a file is, by what is in it: neither its name nor its client is believed."""

from codecs import getincrementaldecoder
from typing import Final, NamedTuple

from puremagic import (
    PureError,
    magic_string,  # pyright: ignore[reportUnknownVariableType] - half of it has types
)

HEAD: Final = 8192
"""How many bytes, from the start, are looked at."""
SURE: Final = 0.3
"""Less than that is a coincidence, such as a text that begins with BM."""
TEXT: Final = "text/plain"
BYTES: Final = "application/octet-stream"


class Found(NamedTuple):
    """A mark of a type, as the library names it."""

    mark: bytes
    offset: int
    suffix: str
    mime_type: str
    name: str
    confidence: float


def content_type_of(start: bytes) -> str:
    """Tell the type from the first bytes; text has to be UTF-8."""
    head = start[:HEAD]
    return known_type(head) or (TEXT if is_text(head) else BYTES)


def known_type(head: bytes) -> str:
    """Look for the marks of known types."""
    try:
        found = [Found(*each) for each in magic_string(head)]
    except (PureError, ValueError):  # of some versions; others find nothing then
        found = []
    return next((each.mime_type for each in found[:1] if each.confidence >= SURE), "")


def is_text(head: bytes) -> bool:
    """Tell whether it is UTF-8 without NUL; its last character may be cut off."""
    try:
        return "\0" not in getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
