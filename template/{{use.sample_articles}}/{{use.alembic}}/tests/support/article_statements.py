"""How many SELECTs a request takes."""

from collections.abc import Mapping
from typing import Final

SELECTS: Final[Mapping[str, int]] = {
    "list": 6,
    "filtered": 6,
    "one": 5,
    "comments": 5,
    "feed": 5,
    "tags": 3,
    "profile": 3,
}
"""Beside those that find out who asks; the first of each reads their profile."""
