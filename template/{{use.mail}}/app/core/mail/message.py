"""A mail, and whatever sends it.

UnavailableError
└── MailUnavailableError  503
"""

from dataclasses import dataclass
from typing import Protocol

from app.core.errors import UnavailableError


class MailUnavailableError(UnavailableError):
    """Nobody takes the mail, for now or at all."""

    code = "mail_unavailable"


@dataclass(frozen=True, slots=True)
class Mail:
    """A message to one reader, as plain text."""

    to: str
    subject: str
    text: str


class Mailer(Protocol):
    """Whatever sends mail."""

    async def send(self, mail: Mail) -> None:
        """Raise MailUnavailableError unless the mail is taken."""
        ...
