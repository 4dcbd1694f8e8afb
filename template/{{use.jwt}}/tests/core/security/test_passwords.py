"""app.core.security.passwords: hashes that are dear to make, and never too many at a time."""

import asyncio
from contextlib import suppress
from threading import Event
from time import process_time

import pytest
from pwdlib.hashers.argon2 import Argon2Hasher

from app.config.settings import Settings
from app.core.errors import UnavailableError
from app.core.security.passwords import Passwords

PASSWORD = "a horse with six legs"


@pytest.fixture
def passwords(settings: Settings) -> Passwords:
    """The passwords of the service under test."""
    return Passwords(settings.auth)


def limited(settings: Settings, **changes: int) -> Passwords:
    """Change the settings."""
    return Passwords(settings.auth.model_copy(update=changes))


class TestHash:
    async def test_argon2id(self, settings: Settings, passwords: Passwords) -> None:
        stored = await passwords.hash(PASSWORD)

        assert stored.startswith("$argon2id$v=19$m=8,t=1,p=1$")
        assert PASSWORD not in stored

    async def test_salted(self, passwords: Passwords) -> None:
        assert await passwords.hash(PASSWORD) != await passwords.hash(PASSWORD)


class TestVerify:
    async def test_right(self, passwords: Passwords) -> None:
        verdict = await passwords.verify(PASSWORD, await passwords.hash(PASSWORD))

        assert verdict.valid
        assert verdict.new_hash is None

    async def test_wrong(self, passwords: Passwords) -> None:
        verdict = await passwords.verify(PASSWORD.upper(), await passwords.hash(PASSWORD))

        assert not verdict.valid

    async def test_typed_in_another_way(self, passwords: Passwords) -> None:
        """NIST SP 800-63B: a composed character is the same as its parts."""
        stored = await passwords.hash("caf\u00e9 au lait, toujours")

        assert (await passwords.verify("cafe\u0301 au lait, toujours", stored)).valid

    async def test_nobody(self, passwords: Passwords) -> None:
        assert not (await passwords.verify(PASSWORD, None)).valid

    async def test_nobody_costs_a_hash(
        self, passwords: Passwords, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        verified: list[str] = []
        verify = Argon2Hasher.verify

        def note(hasher: Argon2Hasher, password: str, stored: str) -> bool:
            verified.append(stored.rsplit("$", 2)[0])
            return verify(hasher, password, stored)

        monkeypatch.setattr(Argon2Hasher, "verify", note)
        await passwords.verify("wrong", await passwords.hash(PASSWORD))
        await passwords.verify("wrong", None)

        known, unknown = verified
        assert known == unknown

    async def test_too_long(self, passwords: Passwords) -> None:
        long = "x" * 129

        assert not (await passwords.verify(long, await passwords.hash(long))).valid

    async def test_megabyte_of_accents(self, passwords: Passwords) -> None:
        """OWASP API4:2023: putting them in order would take minutes."""
        began = process_time()

        verdict = await passwords.verify("e" + "\u0301\u0323" * 250_000, None)

        assert not verdict.valid
        assert process_time() - began < 1

    async def test_dearer_by_now(self, settings: Settings, passwords: Passwords) -> None:
        stored = await passwords.hash(PASSWORD)
        dearer = limited(settings, argon2_time_cost=2)

        verdict = await dearer.verify(PASSWORD, stored)

        assert verdict.valid
        assert verdict.new_hash is not None
        assert await dearer.verify(PASSWORD, verdict.new_hash) == await dearer.verify(
            PASSWORD, await dearer.hash(PASSWORD)
        )


class TestFlood:
    async def test_is_turned_away(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """OWASP API4:2023."""
        passwords = limited(settings, password_hash_concurrency=1, password_hash_queue=2)
        gate = close_gate(monkeypatch)

        attempts = [asyncio.create_task(passwords.hash(PASSWORD)) for _ in range(4)]
        done, waiting = await asyncio.wait(attempts, return_when=asyncio.FIRST_COMPLETED)
        gate.set()

        (refused,) = done
        assert isinstance(refused.exception(), UnavailableError)
        assert len({await each for each in waiting}) == 3
        assert await passwords.hash(PASSWORD)

    async def test_whoever_left_still_counts(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A thread cannot be stopped, so its memory is in use until it has ended."""
        passwords = limited(settings, password_hash_concurrency=1, password_hash_queue=0)
        gate = close_gate(monkeypatch)

        left = asyncio.create_task(passwords.hash(PASSWORD))
        await asyncio.sleep(0)
        left.cancel()
        with pytest.raises(asyncio.CancelledError):
            await left
        with pytest.raises(UnavailableError):
            await passwords.hash(PASSWORD)
        gate.set()

        await made(passwords)


async def made(passwords: Passwords) -> str:
    """Make a hash as soon as the thread that was left behind has ended."""
    async with asyncio.timeout(30):
        while True:
            with suppress(UnavailableError):
                return await passwords.hash(PASSWORD)
            await asyncio.sleep(0.01)


def close_gate(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Let no hash be made until the gate is opened."""
    gate = Event()
    hash_now = Argon2Hasher.hash

    def wait(hasher: Argon2Hasher, password: str, *, salt: bytes | None = None) -> str:
        assert gate.wait(timeout=30)
        return hash_now(hasher, password, salt=salt)

    monkeypatch.setattr(Argon2Hasher, "hash", wait)
    return gate
