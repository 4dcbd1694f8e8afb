"""How many SELECTs a request takes."""

from collections.abc import Mapping
from typing import Final

SELECTS: Final[Mapping[str, int]] = {
    "list": 8,
    "filtered": 8,
    "one": 7,
    "comments": 6,
    "feed": 7,
    "tags": 3,
    "profile": 6,
}
"""Beside those that find out who asks; the first of each reads their profile."""
