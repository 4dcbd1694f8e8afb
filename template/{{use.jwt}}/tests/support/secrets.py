"""A key for this run, hashes that cost next to nothing, and mails without a pause."""

from collections.abc import Mapping
from secrets import token_hex
from typing import Final

AUTH_VARIABLES: Final[Mapping[str, str]] = {
    "SECRET_KEY": token_hex(32),
    "ARGON2_TIME_COST": "1",
    "ARGON2_MEMORY_COST": "8",
    "ARGON2_PARALLELISM": "1",
    "MAIL_INTERVAL": "0",
}
