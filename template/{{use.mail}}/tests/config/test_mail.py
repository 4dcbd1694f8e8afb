"""app.config.mail: a server, and a sender."""

from collections.abc import MutableMapping
from pathlib import Path

import pytest

from app.config.mail import MailSettings
from app.config.settings import SettingsError, load_settings


class TestServer:
    def test_none(self) -> None:
        assert MailSettings.read().smtp_url is None

    @pytest.mark.parametrize(
        ("variable", "value"),
        [
            ("SMTP_URL", "http://user:hunter2@host"),
            ("SMTP_URL", "hunter2"),
            ("SMTP_URL", "smtp://user:hunter2@"),
            ("SMTP_URL", "smtp://user:hunter2@host:port"),
            ("MAIL_FROM", "hunter2"),
            ("MAIL_FROM", "Shop <shop@example.com>, hunter2@example.com"),
            ("MAIL_FROM", "shop@example.com\nBcc: hunter2@example.com"),
            ("SMTP_TIMEOUT", "0"),
        ],
    )
    def test_refused(
        self, environment: MutableMapping[str, str], tmp_path: Path, variable: str, value: str
    ) -> None:
        environment.update({"MAIL_FROM": "shop@example.com", variable: value})

        with pytest.raises(SettingsError) as raised:
            load_settings(tmp_path / ".env")

        (sentence,) = str(raised.value).splitlines()
        assert sentence.startswith(f"Wrong setting {variable}: ")
        assert "hunter2" not in sentence

    def test_not_shown(self, environment: MutableMapping[str, str]) -> None:
        environment.update(SMTP_URL="smtp://user:hunter2@host", MAIL_FROM="shop@example.com")

        assert "hunter2" not in repr(MailSettings.read())


class TestSender:
    def test_needed_by_a_server(
        self, environment: MutableMapping[str, str], tmp_path: Path
    ) -> None:
        environment["SMTP_URL"] = "smtps://host"

        with pytest.raises(SettingsError, match="MAIL_FROM"):
            load_settings(tmp_path / ".env")

    def test_name_and_address(self, environment: MutableMapping[str, str]) -> None:
        environment["MAIL_FROM"] = "The Shop <shop@example.com>"

        sender = MailSettings.read().sender

        assert sender is not None
        assert (sender.name, sender.email) == ("The Shop", "shop@example.com")
