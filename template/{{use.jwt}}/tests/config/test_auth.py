"""app.config.auth: a key that nobody can guess."""

from collections.abc import MutableMapping
from datetime import timedelta
from pathlib import Path
from secrets import token_bytes, token_hex, token_urlsafe

import pytest

from app.config.auth import AuthSettings
from app.config.settings import SettingsError, load_settings


class TestSecretKey:
    @pytest.mark.parametrize(
        "key",
        [token_hex(24), token_hex(32), token_urlsafe(32), token_bytes(32).hex().upper()],
        ids=["24 bytes", "32 bytes", "base64", "upper case"],
    )
    def test_random(self, environment: MutableMapping[str, str], key: str) -> None:
        environment["SECRET_KEY"] = key

        assert AuthSettings.read().signing_key == key

    @pytest.mark.parametrize(
        "key",
        [
            "9f86d081884c7d659a2feaa0c55ad01",
            "x" * 64,
            "0123456789abcdef" * 4,
            "change-me-change-me-before-you-deploy",
            "your-256-bit-secret-your-256-bit-key!",
            "CHANGEME9f86d081884c7d659a2feaa0c55ad01",
            "aabbccddeeffaabbccddeeffaabbccddee",
        ],
    )
    @pytest.mark.parametrize("variable", ["SECRET_KEY", "SECRET_KEY_FALLBACKS"])
    def test_refused(
        self, environment: MutableMapping[str, str], tmp_path: Path, variable: str, key: str
    ) -> None:
        environment[variable] = key

        with pytest.raises(SettingsError) as raised:
            load_settings(tmp_path / ".env")

        (sentence,) = str(raised.value).splitlines()
        assert sentence.startswith(f"Wrong setting {variable}: ")
        assert key not in sentence

    @pytest.mark.parametrize("name", ["production", "development", "test"])
    def test_required(
        self, environment: MutableMapping[str, str], tmp_path: Path, name: str
    ) -> None:
        """An empty one, as in .env.example, is none."""
        environment.update(ENVIRONMENT=name, SECRET_KEY="")

        with pytest.raises(SettingsError, match="SECRET_KEY"):
            load_settings(tmp_path / ".env")

    def test_fallbacks(self, environment: MutableMapping[str, str]) -> None:
        keys = [token_hex(32) for _ in range(3)]
        environment.update(SECRET_KEY=keys[0], SECRET_KEY_FALLBACKS=f"{keys[1]}, {keys[2]}")

        assert AuthSettings.read().accepted_keys == tuple(keys)

    def test_not_shown(self, environment: MutableMapping[str, str]) -> None:
        key, earlier = token_hex(32), token_hex(32)
        environment.update(SECRET_KEY=key, SECRET_KEY_FALLBACKS=earlier)

        shown = repr(AuthSettings.read())

        assert key not in shown
        assert earlier not in shown


class TestLimits:
    @pytest.mark.parametrize(
        "variable",
        [
            "ACCESS_TOKEN_TTL",
            "REFRESH_TOKEN_TTL",
            "VERIFICATION_TTL",
            "PASSWORD_RESET_TTL",
            "LOGIN_WINDOW",
            "LOGIN_LIMIT_PER_PAIR",
            "LOGIN_LIMIT_PER_ADDRESS",
            "LOGIN_LIMIT_PER_ACCOUNT",
            "ARGON2_TIME_COST",
            "PASSWORD_HASH_CONCURRENCY",
        ],
    )
    def test_zero_is_refused(
        self, environment: MutableMapping[str, str], tmp_path: Path, variable: str
    ) -> None:
        environment[variable] = "0"

        with pytest.raises(SettingsError, match=variable):
            load_settings(tmp_path / ".env")

    def test_seconds(self, environment: MutableMapping[str, str]) -> None:
        environment["ACCESS_TOKEN_TTL"] = "60"

        assert AuthSettings.read().access_token_ttl == timedelta(minutes=1)
