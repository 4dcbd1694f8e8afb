"""app.core.mail.smtp: mail reaches a real server, encrypted if anything secret is told."""

import asyncio
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
import trustme
from pydantic import AnyUrl, NameEmail, Secret

from app.core.mail import smtp
from app.core.mail.message import Mail, MailUnavailableError
from app.core.mail.smtp import SmtpMailer, to_message
from tests.support.log import captured_log
from tests.support.smtp import PASSWORD, USER, post_office

SENDER = NameEmail("The Shop", "shop@example.com")
MAIL = Mail("ada@example.com", "Grüße", "Hello Ada,\n\nyour link: https://example.com/?a=b\n")
CREDENTIALS = f"{quote(USER, safe='')}:{quote(PASSWORD, safe='')}@"


def mailer(url: str, seconds: float = 10) -> SmtpMailer:
    """Send by a URL."""
    return SmtpMailer(Secret(AnyUrl(url)), SENDER, timedelta(seconds=seconds))


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """An authority that this test trusts."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    return authority


class TestSend:
    async def test_received(self) -> None:
        async with post_office() as office:
            await mailer(f"smtp://localhost:{office.port}").send(MAIL)

        (received,) = office.received
        assert office.readers == [MAIL.to]
        assert received["To"] == MAIL.to
        assert received["From"] == "The Shop <shop@example.com>"
        assert received["Subject"] == MAIL.subject
        assert received["Message-ID"].endswith("@example.com>")
        assert received["Auto-Submitted"] == "auto-generated"
        assert received.get_content().splitlines() == MAIL.text.splitlines()

    async def test_starttls(self, authority: trustme.CA) -> None:
        async with post_office("starttls", authority) as office:
            await mailer(f"smtp://{CREDENTIALS}localhost:{office.port}").send(MAIL)

        assert office.encrypted == [True]
        assert office.passwords == [PASSWORD]

    async def test_tls(self, authority: trustme.CA) -> None:
        async with post_office("tls", authority) as office:
            await mailer(f"smtps://{CREDENTIALS}localhost:{office.port}").send(MAIL)

        assert office.encrypted == [True]
        assert office.passwords == [PASSWORD]


class TestRefusal:
    async def test_no_password_in_the_clear(self) -> None:
        async with post_office() as office:
            await fails(f"smtp://{CREDENTIALS}localhost:{office.port}")

        assert office.passwords == []
        assert office.received == []

    async def test_certificate_of_nobody(self) -> None:
        async with post_office("tls", trustme.CA()) as office:
            await fails(f"smtps://localhost:{office.port}")

        assert office.received == []

    async def test_wrong_password(self, authority: trustme.CA) -> None:
        async with post_office("tls", authority) as office:
            await fails(f"smtps://{quote(USER)}:wrong@localhost:{office.port}")

        assert office.received == []

    async def test_reader(self) -> None:
        async with post_office() as office:
            office.refuses = True
            await fails(f"smtp://localhost:{office.port}")

    async def test_nobody_listens(self) -> None:
        async with post_office() as office:
            pass

        await fails(f"smtp://localhost:{office.port}")

    async def test_silence(self) -> None:
        async with await asyncio.start_server(listen, "localhost", 0) as silent:
            async with asyncio.timeout(20):
                await fails(f"smtp://localhost:{silent.sockets[0].getsockname()[1]}", seconds=0.1)

    async def test_log_does_not_name_the_reader(self) -> None:
        with captured_log(smtp) as log:
            async with post_office() as office:
                office.refuses = True
                await fails(f"smtp://localhost:{office.port}")

        (entry,) = log
        assert entry["event"] == "mail not sent"
        assert MAIL.to not in str(entry)


async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Take whatever comes, and say nothing."""
    await reader.read()
    writer.close()


async def fails(url: str, seconds: float = 10) -> None:
    """Expect that no mail is sent this way."""
    with pytest.raises(MailUnavailableError) as raised:
        await mailer(url, seconds).send(MAIL)

    assert raised.value.code == "mail_unavailable"


class TestInjection:
    """ASVS 5, chapter 1.2: what a user wrote becomes no header and no second reader."""

    @pytest.mark.parametrize(
        "address",
        [
            "ada@example.com\r\nBcc: eve@example.com",
            "ada@example.com\nBcc: eve@example.com",
            "ada@example.com, eve@example.com",
            "Ada <ada@example.com>, eve@example.com",
            "ada@example.com>\r\n<eve@example.com",
        ],
    )
    def test_reader(self, address: str) -> None:
        with pytest.raises(ValueError, match=r"address|addr_spec"):
            to_message(Mail(address, "Hello", "text"), SENDER)

    def test_subject(self) -> None:
        with pytest.raises(ValueError, match="linefeed"):
            to_message(Mail("ada@example.com", "Hello\r\nBcc: eve@example.com", "text"), SENDER)
