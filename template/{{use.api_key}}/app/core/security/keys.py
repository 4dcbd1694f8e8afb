"""Keys of programs: `ak_<prefix>_<secret>`."""

import re
import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from hmac import compare_digest
from typing import Final

from app.core.security.access import UnauthenticatedError

FORMAT: Final = re.compile(r"ak_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
NO_DIGEST: Final = "0" * 64
"""Compared with when there is no such key; no secret is known that has it."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key that somebody shows. The prefix tells which one, the secret proves it."""

    prefix: str
    secret: str = field(repr=False)

    @property
    def digest(self) -> str:
        """What is kept of the secret: its SHA-256.

        A slow hash protects what can be guessed. The secret is 32 random bytes, which nobody
        guesses, so a fast one is enough, on each request (ASVS 5, chapter 11).
        """
        return sha256(self.secret.encode()).hexdigest()

    def matches(self, digest: str | None) -> bool:
        """Compare in the same time for every secret, also when there is nothing to compare."""
        return compare_digest(self.digest, digest or NO_DIGEST)

    def reveal(self) -> str:
        """Write it out for its owner, once."""
        return f"ak_{self.prefix}_{self.secret}"


def new_key() -> Key:
    """Draw a key."""
    return Key(secrets.token_hex(6), secrets.token_urlsafe(32))


def parse_key(text: str) -> Key:
    """Read a key, or raise UnauthenticatedError."""
    match = FORMAT.fullmatch(text)
    if match is None:
        raise InvalidKeyError
    return Key(match[1], match[2])


class InvalidKeyError(UnauthenticatedError):
    """A key that opens nothing; whether it ever did is not told (OWASP API2:2023)."""

    def __init__(self) -> None:
        super().__init__("The key is not valid.")
