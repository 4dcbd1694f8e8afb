"""A mail server, which keeps what it is given."""

import asyncio
import ssl
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Literal

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER = "the shop"
PASSWORD = "hunter:2/@"

Encryption = Literal["none", "starttls", "tls"]


@dataclass
class PostOffice:
    """Where the server is, and what has happened there."""

    port: int = 0
    refuses: bool = False
    received: list[EmailMessage] = field(default_factory=list[EmailMessage])
    readers: list[str] = field(default_factory=list[str])
    encrypted: list[bool] = field(default_factory=list[bool])
    passwords: list[str] = field(default_factory=list[str])

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Keep the mail, or answer that there is no such reader."""
        if self.refuses:
            return "550 no such mailbox"
        content = envelope.content
        assert isinstance(content, bytes)
        self.received.append(message_from_bytes(content, policy=policy.default))
        self.readers.extend(envelope.rcpt_tos)
        self.encrypted.append(session.ssl is not None or is_encrypted(server))
        return "250 OK"

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
    ) -> AuthResult:
        """Let the one user in."""
        assert isinstance(data, LoginPassword)
        self.passwords.append(data.password.decode())
        is_right = data == LoginPassword(USER.encode(), PASSWORD.encode())
        return AuthResult(success=is_right, handled=False)


def is_encrypted(server: SMTP) -> bool:
    """Tell whether the line was encrypted from the start."""
    return server.transport is not None and server.transport.get_extra_info("cipher") is not None


@asynccontextmanager
async def post_office(
    encryption: Encryption = "none", authority: trustme.CA | None = None
) -> AsyncGenerator[PostOffice]:
    """Serve on a free port."""
    office = PostOffice()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    if authority is not None:
        certificate = authority.issue_cert("localhost").private_key_and_cert_chain_pem
        with certificate.tempfile() as path:
            context.load_cert_chain(path)

    def serve() -> SMTP:
        return SMTP(
            office,
            hostname="localhost",
            authenticator=office.authenticate,
            auth_require_tls=False,
            tls_context=context if encryption == "starttls" else None,
        )

    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        serve, "localhost", 0, ssl=context if encryption == "tls" else None
    )
    async with server:
        office.port = server.sockets[0].getsockname()[1]
        yield office
