"""Mail by SMTP."""

import asyncio
from datetime import UTC, datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import make_msgid
from typing import TypedDict
from urllib.parse import unquote

import aiosmtplib
import structlog
from pydantic import AnyUrl, NameEmail, Secret

from app.core.mail.message import Mail, MailUnavailableError

log = structlog.stdlib.get_logger()


class Connection(TypedDict):
    """How the server is reached, in aiosmtplib's words."""

    hostname: str | None
    port: int | None
    username: str | None
    password: str | None
    use_tls: bool
    start_tls: bool | None


class SmtpMailer:
    """Hands each mail to the server over a connection of its own."""

    def __init__(self, url: Secret[AnyUrl], sender: NameEmail, timeout: timedelta) -> None:
        self._connection = connection(url.get_secret_value())
        self._sender = sender
        self._timeout = timeout.total_seconds()

    async def send(self, mail: Mail) -> None:
        """Wait for ``SMTP_TIMEOUT`` at most; the log tells the error's kind and not the reader."""
        message = to_message(mail, self._sender)
        try:
            async with asyncio.timeout(self._timeout):
                await aiosmtplib.send(message, timeout=None, **self._connection)
        except (aiosmtplib.SMTPException, OSError) as error:
            log.error("mail not sent", reason=type(error).__name__)
            raise MailUnavailableError("The mail could not be sent.") from error


def connection(url: AnyUrl) -> Connection:
    """Read the URL. A password is told to a server only when the line is encrypted."""
    is_encrypted = url.scheme == "smtps"
    return {
        "hostname": url.host,
        "port": url.port,
        "username": unquote(url.username) if url.username else None,
        "password": unquote(url.password) if url.password else None,
        "use_tls": is_encrypted,
        # False: it is encrypted already; None: encrypt if the server can
        "start_tls": False if is_encrypted else True if url.username else None,
    }


def to_message(mail: Mail, sender: NameEmail) -> EmailMessage:
    """Write the message. Raises ValueError for what would be a header or a reader of its own."""
    message = EmailMessage()
    message["From"] = Address(sender.name, addr_spec=sender.email)
    message["To"] = Address(addr_spec=mail.to)
    message["Subject"] = mail.subject
    message["Date"] = datetime.now(UTC)
    message["Message-ID"] = make_msgid(domain=sender.email.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office replies, please
    message.set_content(mail.text)
    return message
