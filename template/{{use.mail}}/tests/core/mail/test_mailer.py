"""app.core.mail.mailer: what becomes of a mail, by where the service runs."""

import json
from typing import Literal

import pytest
from pydantic import NameEmail

from app.config.log import LogSettings
from app.config.mail import MailSettings
from app.config.section import Environment
from app.config.settings import Settings
from app.core.lifespan import open_state
from app.core.logging import render
from app.core.mail import mailer
from app.core.mail.mailer import AbsentMailer, ConsoleMailer, create_mailer
from app.core.mail.message import Mail, MailUnavailableError
from app.core.mail.smtp import SmtpMailer
from tests.support.log import captured_log

MAIL = Mail("ada@example.com", "Your link", "Hello Ada,\n\nhttp://127.0.0.1:8000/verify?a=b\n")


def settings_in(environment: Environment, url: str | None = None) -> MailSettings:
    """Make settings with a server or without."""
    return MailSettings.model_validate(
        {"environment": environment, "smtp_url": url, "sender": NameEmail("", "s@example.com")}
    )


class TestCreateMailer:
    def test_development(self) -> None:
        assert isinstance(create_mailer(settings_in(Environment.DEVELOPMENT)), ConsoleMailer)

    @pytest.mark.parametrize("environment", [Environment.PRODUCTION, Environment.TEST])
    def test_elsewhere(self, environment: Environment) -> None:
        assert isinstance(create_mailer(settings_in(environment)), AbsentMailer)

    @pytest.mark.parametrize("environment", Environment)
    def test_server(self, environment: Environment) -> None:
        assert isinstance(create_mailer(settings_in(environment, "smtps://host")), SmtpMailer)

    async def test_of_the_running_service(self, settings: Settings) -> None:
        async with open_state(settings) as state:
            assert isinstance(state["mailer"], AbsentMailer)


class TestConsole:
    async def test_goes_to_the_log(self) -> None:
        with captured_log(mailer) as log:
            await ConsoleMailer().send(MAIL)

        (entry,) = log
        assert entry["log_level"] == "info"

    @pytest.mark.parametrize("form", ["console", "json"])
    async def test_readable(self, form: Literal["console", "json"]) -> None:
        with captured_log(mailer) as log:
            await ConsoleMailer().send(MAIL)

        renderer = render(LogSettings(format=form))[-1]
        shown = str(renderer(None, "info", log[0]))
        text = json.loads(shown)["event"] if form == "json" else shown
        assert f"\n\nTo: {MAIL.to}\nSubject: {MAIL.subject}\n\n{MAIL.text}" in text


class TestAbsent:
    async def test_refuses(self) -> None:
        with pytest.raises(MailUnavailableError) as raised:
            await AbsentMailer().send(MAIL)

        assert (raised.value.status, raised.value.code) == (503, "mail_unavailable")
