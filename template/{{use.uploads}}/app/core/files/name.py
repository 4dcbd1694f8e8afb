"""What a file is called: for people, and never for a file system."""

from pathlib import PurePosixPath
from typing import Final

LONGEST: Final = 255
LONGEST_SUFFIX: Final = 20
UNNAMED: Final = "file"


def plain_name(given: str) -> str:
    """Leave of what a client says the last part of the path, without what cannot be seen."""
    last = given.replace("\\", "/").rpartition("/")[2]
    name = "".join(filter(str.isprintable, last)).strip(" .") or UNNAMED
    if len(name) <= LONGEST:
        return name
    suffix = PurePosixPath(name).suffix[:LONGEST_SUFFIX]
    return name[: LONGEST - len(suffix)] + suffix
