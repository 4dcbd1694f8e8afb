"""Passwords are stored as Argon2id hashes (ASVS 5, chapter 11.4) and checked beside the loop."""

import secrets
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final
from unicodedata import normalize

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from app.config.auth import AuthSettings
from app.config.settings import Settings
from app.core.offload import Threads

LONGEST: Final = 128
LONGEST_TYPED: Final = 4 * LONGEST


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a password is right; ``new_hash`` replaces one that was made at another cost."""

    valid: bool
    new_hash: str | None


class Passwords:
    """Hashes in threads, no more than ``PASSWORD_HASH_CONCURRENCY`` at a time.

    Both methods raise UnavailableError when ``PASSWORD_HASH_QUEUE`` are waiting already: a flood is
    turned away instead of piling up (OWASP API4:2023).
    """

    def __init__(self, settings: AuthSettings) -> None:
        """Hash a password that nobody has, for accounts that do not exist."""
        argon2id = Argon2Hasher(
            time_cost=settings.argon2_time_cost,
            memory_cost=settings.argon2_memory_cost,
            parallelism=settings.argon2_parallelism,
        )
        self._hasher = PasswordHash((argon2id,))
        self._threads = Threads(settings.password_hash_concurrency, settings.password_hash_queue)
        self._nobodys = self._hasher.hash(secrets.token_urlsafe())

    async def hash(self, password: str) -> str:
        """Make the hash that is stored."""
        return await self._threads.run(lambda: self._hasher.hash(normalized(password)))

    async def verify(self, password: str, password_hash: str | None) -> Verdict:
        """Check a password; without a hash, which takes as long, none is right."""
        return await self._threads.run(lambda: self._verify(normalized(password), password_hash))

    def close(self) -> None:
        """Hash nothing any more."""
        self._threads.close()

    def _verify(self, password: str, password_hash: str | None) -> Verdict:
        """Take one whole hash of time, whatever is wrong."""
        if password_hash is None or len(password) > LONGEST:
            self._hasher.verify(password[:LONGEST], self._nobodys)
            return Verdict(valid=False, new_hash=None)
        valid, new_hash = self._hasher.verify_and_update(password, password_hash)
        return Verdict(valid, new_hash)


def normalized(password: str) -> str:
    """Make one of the ways to type the same characters (NIST SP 800-63B, section 3.1.1.2).

    What is too long stays so: normalizing takes the square of its length, and holds up the loop.
    """
    return password if len(password) > LONGEST_TYPED else normalize("NFKC", password)


@asynccontextmanager
async def passwords_resource(settings: Settings) -> AsyncGenerator[Mapping[str, Passwords]]:
    """Be ready to check passwords for as long as the service runs."""
    passwords = Passwords(settings.auth)
    try:
        yield {"passwords": passwords}
    finally:
        passwords.close()
