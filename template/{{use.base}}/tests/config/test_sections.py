"""The sections of app.config: what follows from the environment."""

from collections.abc import MutableMapping

import pytest

from app.config.app import AppSettings
from app.config.http import HttpSettings
from app.config.log import LogSettings


class TestAppSettings:
    @pytest.mark.parametrize(
        ("name", "enabled", "served"),
        [
            ("production", "", False),
            ("production", "true", True),
            ("development", "", True),
            ("development", "false", False),
            ("test", "", True),
        ],
    )
    def test_docs(
        self, environment: MutableMapping[str, str], name: str, enabled: str, *, served: bool
    ) -> None:
        environment.update(ENVIRONMENT=name, DOCS_ENABLED=enabled)

        assert AppSettings().serves_docs is served

    @pytest.mark.parametrize(
        ("name", "delay", "seconds"),
        [("production", "", 15), ("production", "0", 0), ("development", "", 0), ("test", "3", 3)],
    )
    def test_drain(
        self, environment: MutableMapping[str, str], name: str, delay: str, seconds: int
    ) -> None:
        environment.update(ENVIRONMENT=name, DRAIN_DELAY=delay)

        assert AppSettings().drains_for.total_seconds() == seconds


class TestHttpSettings:
    def test_origins(self, environment: MutableMapping[str, str]) -> None:
        environment["CORS_ORIGINS"] = "https://a.example.com, https://b.example.com,"

        assert HttpSettings().cors_origins == ("https://a.example.com", "https://b.example.com")

    def test_no_origins(self, environment: MutableMapping[str, str]) -> None:
        environment["CORS_ORIGINS"] = ""

        assert HttpSettings().cors_origins == ()

    @pytest.mark.parametrize(
        ("name", "seconds", "sent"),
        [("production", "", True), ("production", "0", False), ("development", "60", False)],
    )
    def test_https_only(
        self, environment: MutableMapping[str, str], name: str, seconds: str, *, sent: bool
    ) -> None:
        environment.update(ENVIRONMENT=name, HSTS_SECONDS=seconds)

        assert HttpSettings().sends_hsts is sent


class TestLogSettings:
    @pytest.mark.parametrize(
        ("name", "form", "is_json"),
        [
            ("production", "", True),
            ("test", "", True),
            ("development", "", False),
            ("development", "json", True),
            ("production", "console", False),
        ],
    )
    def test_format(
        self, environment: MutableMapping[str, str], name: str, form: str, *, is_json: bool
    ) -> None:
        environment.update(ENVIRONMENT=name, LOG_FORMAT=form)

        assert LogSettings().is_json is is_json
