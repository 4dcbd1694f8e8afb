"""app.core.security.keys: what a key looks like, and what is kept of it."""

import pytest

from app.core.security.keys import NO_DIGEST, InvalidKeyError, Key, new_key, parse_key

SECRET = "x" * 43
TEXT = f"ak_0123456789ab_{SECRET}"


class TestNewKey:
    def test_is_read_back(self) -> None:
        key = new_key()

        assert parse_key(key.reveal()) == key

    def test_no_two_alike(self) -> None:
        first, second = new_key(), new_key()

        assert first.prefix != second.prefix
        assert first.secret != second.secret

    def test_does_not_show_its_secret(self) -> None:
        key = new_key()

        assert key.secret not in f"{key} {key!r}"


class TestParseKey:
    def test_parts(self) -> None:
        assert parse_key(TEXT) == Key("0123456789ab", SECRET)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "ak_",
            TEXT[:-1],
            f"{TEXT}x",
            f"{TEXT}\n",
            f" {TEXT}",
            TEXT.upper(),
            TEXT.replace("ak_", "sk_"),
            TEXT.replace("x", "é"),
            TEXT.replace("x", "\0"),
            TEXT.replace("0123456789ab", "' OR 1=1 --"),
        ],
    )
    def test_anything_else(self, text: str) -> None:
        with pytest.raises(InvalidKeyError):
            parse_key(text)


class TestMatches:
    def test_its_own_digest(self) -> None:
        key = new_key()

        assert key.matches(key.digest)

    @pytest.mark.parametrize(
        "digest",
        [None, "", NO_DIGEST, new_key().digest],
        ids=["none", "empty", "nobody's", "another's"],
    )
    def test_any_other(self, digest: str | None) -> None:
        assert not new_key().matches(digest)

    def test_digest_tells_nothing_of_the_secret(self) -> None:
        key = new_key()

        assert len(key.digest) == len(NO_DIGEST)
        assert key.secret not in key.digest
