"""app.config.password: it becomes a part of a URL."""

from typing import Annotated, Final
from urllib.parse import unquote, urlsplit

import pytest
from pydantic import AfterValidator, SecretStr

from app.config.password import with_password
from app.config.section import Section

PASSWORD: Final = "p#a/s%73?w@o:r d+&"


class Reached(Section):
    """A section as those of servers are: the password first."""

    password: SecretStr | None = None
    url: Annotated[SecretStr, AfterValidator(with_password)]


def url_of(url: str, password: str | None) -> str:
    """Read both, as from variables."""
    return Reached.model_validate({"url": url, "password": password}).url.get_secret_value()


class TestWithPassword:
    @pytest.mark.parametrize(
        "url",
        ["db://user@host:1/name?option=a%20b", "db://user@host//", "db://host", "db://user@a,b:2/"],
    )
    def test_any_sign_may_stand_in_it(self, url: str) -> None:
        parts, before = urlsplit(url_of(url, PASSWORD)), urlsplit(url)

        assert unquote(parts.password or "") == PASSWORD
        assert parts.username == (before.username or "")
        assert parts.netloc.rpartition("@")[2] == before.netloc.rpartition("@")[2]
        assert parts[2:] == before[2:]

    def test_that_of_the_url_wins(self) -> None:
        assert url_of("db://user:theirs@host/", PASSWORD) == "db://user:theirs@host/"

    def test_none(self) -> None:
        assert url_of("db://user@host//", None) == "db://user@host//"
