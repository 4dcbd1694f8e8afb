"""app.core.security.tokens: who made a token, for whom, for what, and for how long."""

from datetime import UTC, datetime, timedelta

import pytest
from jwt import get_unverified_header

from app.config.auth import AuthSettings
from app.config.settings import Settings
from app.core.security.access import UnauthenticatedError
from app.core.security.tokens import Claims, Tokens, digest
from tests.support.forgeries import FORGERIES, OTHER_KEY, claims_of

SESSION = "5" * 32


@pytest.fixture
def tokens(settings: Settings) -> Tokens:
    """The tokens of the service under test."""
    return Tokens(settings.auth)


def keyed(*keys: str) -> Tokens:
    """Make tokens with the first key, and read those of each."""
    variables = {"SECRET_KEY": keys[0], "SECRET_KEY_FALLBACKS": ",".join(keys[1:])}
    return Tokens(AuthSettings.model_validate(variables))


class TestAccess:
    def test_read(self, tokens: Tokens, settings: Settings) -> None:
        claims = tokens.read_access(tokens.access("7", SESSION))

        assert (claims.subject, claims.session_id) == ("7", SESSION)
        rest = claims.expires_at - datetime.now(UTC)
        assert timedelta() < rest <= settings.auth.access_token_ttl

    def test_claims(self, tokens: Tokens, settings: Settings) -> None:
        token = tokens.access("7", SESSION)

        claims = claims_of(token)
        assert set(claims) == {"iss", "aud", "sub", "sid", "jti", "iat", "exp"}
        assert claims["iss"] == settings.auth.issuer
        assert claims["aud"] == settings.auth.audience
        assert get_unverified_header(token) == {"alg": "HS256", "typ": "at+jwt"}

    def test_each_is_another(self, tokens: Tokens) -> None:
        first, second = (tokens.read_access(tokens.access("7", SESSION)) for _ in "12")

        assert first.token_id != second.token_id

    @pytest.mark.parametrize("name", FORGERIES)
    def test_forged(self, tokens: Tokens, settings: Settings, name: str) -> None:
        forged = FORGERIES[name](tokens.access("7", SESSION), settings.auth)

        with pytest.raises(UnauthenticatedError):
            tokens.read_access(forged)

    def test_half_a_character(self, tokens: Tokens) -> None:
        """No header can hold it, but a JSON string can."""
        with pytest.raises(UnauthenticatedError):
            tokens.read_refresh("a.\ud83d.b")

    def test_clocks_may_differ_a_little(self, tokens: Tokens, settings: Settings) -> None:
        ahead = AuthSettings.read().model_copy(update={"access_token_ttl": timedelta(seconds=-2)})

        assert tokens.read_access(Tokens(ahead).access("7", SESSION))


class TestRefresh:
    def test_read(self, tokens: Tokens) -> None:
        expires_at = datetime.now(UTC).replace(microsecond=0) + timedelta(days=3)

        claims = tokens.read_refresh(tokens.refresh("7", SESSION, expires_at))

        assert claims == Claims("7", SESSION, claims.token_id, expires_at)

    def test_is_no_access_token(self, tokens: Tokens) -> None:
        token = tokens.refresh("7", SESSION, datetime.now(UTC) + timedelta(days=3))

        with pytest.raises(UnauthenticatedError):
            tokens.read_access(token)

    def test_access_token_is_none(self, tokens: Tokens) -> None:
        with pytest.raises(UnauthenticatedError):
            tokens.read_refresh(tokens.access("7", SESSION))


class TestRotation:
    OLD = "2f6b1c0d9e8a7f5b4c3d2e1f0a9b8c7d"
    NEW = "9a8b7c6d5e4f3a2b1c0d9e8f7a6b5c4d"

    def test_earlier_key_is_believed(self) -> None:
        token = keyed(self.OLD).access("7", SESSION)

        assert keyed(self.NEW, OTHER_KEY, self.OLD).read_access(token).subject == "7"

    def test_new_key_signs(self) -> None:
        token = keyed(self.NEW, self.OLD).access("7", SESSION)

        assert keyed(self.NEW).read_access(token).subject == "7"
        with pytest.raises(UnauthenticatedError):
            keyed(self.OLD).read_access(token)

    def test_dropped_key_is_not_believed(self) -> None:
        token = keyed(self.OLD).access("7", SESSION)

        with pytest.raises(UnauthenticatedError):
            keyed(self.NEW).read_access(token)


class TestDigest:
    def test_of_the_whole_token(self) -> None:
        assert digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
