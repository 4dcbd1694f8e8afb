"""What sends mail in production, in development, and where nothing is set."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager

import structlog

from app.config.mail import MailSettings
from app.config.section import Environment
from app.config.settings import Settings
from app.core.mail.message import Mail, Mailer, MailUnavailableError

log = structlog.stdlib.get_logger()


class ConsoleMailer:
    """Shows mail to a developer instead of sending it, whatever it holds."""

    async def send(self, mail: Mail) -> None:
        """Log it in one piece, to be read and clicked on."""
        block = f"mail\n\nTo: {mail.to}\nSubject: {mail.subject}\n\n{mail.text}\n"
        log.info(block)


class AbsentMailer:
    """Stands where no server is set, so that everything else works."""

    async def send(self, mail: Mail) -> None:
        """Refuse."""
        raise MailUnavailableError("This service is not set up to send mail.")


def create_mailer(settings: MailSettings) -> Mailer:
    """Take the server that is set; only in development is the console enough."""
    if settings.smtp_url is not None and settings.sender is not None:
        from app.core.mail.smtp import SmtpMailer

        return SmtpMailer(settings.smtp_url, settings.sender, settings.smtp_timeout)
    if settings.environment is Environment.DEVELOPMENT:
        return ConsoleMailer()
    return AbsentMailer()


@asynccontextmanager
async def mailer_resource(settings: Settings) -> AsyncGenerator[Mapping[str, Mailer]]:
    """Be ready to send mail for as long as the service runs."""
    yield {"mailer": create_mailer(settings.mail)}
