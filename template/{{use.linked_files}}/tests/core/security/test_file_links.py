"""app.core.security.file_links: what opens a file, and what does not."""

from datetime import timedelta
from uuid import uuid4

import jwt
import pytest
from pydantic import SecretStr

from app.config.settings import Settings
from app.core.lifespan import State
from app.core.security.access import UnauthenticatedError
from app.core.security.file_links import FileLinkError, FileLinks

FILE = "0" * 32
MINUTE = timedelta(minutes=1)


@pytest.fixture
def links(settings: Settings) -> FileLinks:
    """Links that hold for a minute."""
    return FileLinks(settings.auth, MINUTE)


class TestCheck:
    def test_right(self, links: FileLinks) -> None:
        links.check(FILE, links.sign(FILE)[0])

    def test_another_file(self, links: FileLinks) -> None:
        with pytest.raises(FileLinkError):
            links.check("1" * 32, links.sign(FILE)[0])

    def test_too_old(self, links: FileLinks, settings: Settings) -> None:
        signature, _ = FileLinks(settings.auth, -MINUTE).sign(FILE)

        with pytest.raises(FileLinkError):
            links.check(FILE, signature)

    @pytest.mark.parametrize("text", ["", "a.b.c", "\0", "é", "x" * 100_000])
    def test_no_signature(self, links: FileLinks, text: str) -> None:
        with pytest.raises(FileLinkError):
            links.check(FILE, text)

    def test_not_signed(self, links: FileLinks) -> None:
        """RFC 8725, section 3.1."""
        claims = jwt.decode(links.sign(FILE)[0], options={"verify_signature": False})
        forged = jwt.encode(claims, "", "none", headers={"typ": "file+jwt"})

        with pytest.raises(FileLinkError):
            links.check(FILE, forged)

    def test_of_another_service(self, links: FileLinks, settings: Settings) -> None:
        other = settings.auth.model_copy(update={"audience": "other"})

        with pytest.raises(FileLinkError):
            links.check(FILE, FileLinks(other, MINUTE).sign(FILE)[0])

    def test_of_an_earlier_key(self, links: FileLinks, settings: Settings) -> None:
        earlier = settings.auth.secret_key
        update = {"secret_key": SecretStr(uuid4().hex), "secret_key_fallbacks": (earlier,)}
        today = settings.auth.model_copy(update=update)

        FileLinks(today, MINUTE).check(FILE, links.sign(FILE)[0])


class TestTokens:
    """RFC 8725, section 3.11: neither is taken for the other."""

    async def test_access_token(self, links: FileLinks, state: State) -> None:
        with pytest.raises(FileLinkError):
            links.check(FILE, state["tokens"].access("1", FILE))

    async def test_link(self, links: FileLinks, state: State) -> None:
        signature, _ = links.sign(FILE)

        with pytest.raises(UnauthenticatedError):
            state["tokens"].read_access(signature)
