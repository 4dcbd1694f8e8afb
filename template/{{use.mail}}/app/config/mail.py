"""How mail is sent."""

from datetime import timedelta
from typing import Annotated

from annotated_types import Gt
from pydantic import (
    AnyUrl,
    Field,
    NameEmail,
    Secret,
    UrlConstraints,
    ValidationInfo,
    field_validator,
)

from app.config.section import Seconds, Section

SmtpUrl = Annotated[AnyUrl, UrlConstraints(allowed_schemes=["smtp", "smtps"], host_required=True)]


class MailSettings(Section):
    """The server that takes mail, and in whose name it is sent."""

    sender: NameEmail | None = Field(default=None, validation_alias="MAIL_FROM")
    smtp_url: Secret[SmtpUrl] | None = Field(default=None, validation_alias="SMTP_URL")
    smtp_timeout: Annotated[Seconds, Gt(timedelta(0))] = Field(
        default=timedelta(seconds=10), validation_alias="SMTP_TIMEOUT"
    )

    @field_validator("smtp_url")
    @classmethod
    def check_sender(
        cls, url: Secret[SmtpUrl] | None, info: ValidationInfo
    ) -> Secret[SmtpUrl] | None:
        """Want a sender where there is a server."""
        if url is not None and info.data.get("sender", "wrong") is None:
            raise ValueError("set MAIL_FROM too, such as Shop <no-reply@shop.example.com>")
        return url
