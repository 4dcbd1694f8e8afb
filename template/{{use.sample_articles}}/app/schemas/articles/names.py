"""By which names articles, people and tags are found."""

import re
import unicodedata
from typing import Annotated, Final
from uuid import uuid4

from pydantic import StringConstraints

WORDS: Final = r"^[a-z0-9]+(-[a-z0-9]+)*$"
LONGEST_SLUG: Final = 100

Slug = Annotated[str, StringConstraints(pattern=WORDS, max_length=LONGEST_SLUG)]
TagName = Annotated[str, StringConstraints(pattern=WORDS, max_length=30)]
Handle = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]{3,30}$")]
"""Is longer than ``me``, which is always whoever asks."""


def slug_of(title: str) -> str:
    """Make a slug of a title; one without a Latin letter or a digit gets a random one."""
    latin = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = "-".join(re.findall(r"[a-z0-9]+", latin))
    return words[:LONGEST_SLUG].strip("-") or uuid4().hex
