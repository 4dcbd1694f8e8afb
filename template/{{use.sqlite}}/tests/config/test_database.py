"""app.config.database: the URL of the database."""

from collections.abc import MutableMapping
from pathlib import Path

import pytest

from app.config.database import DatabaseSettings
from app.config.settings import SettingsError, load_settings


class TestUrl:
    @pytest.mark.parametrize("url", ["sqlite:///relative/file.db", "sqlite:////absolute/file.db"])
    def test_accepted(self, environment: MutableMapping[str, str], url: str) -> None:
        environment["DATABASE_URL"] = url

        assert DatabaseSettings.read().url.get_secret_value() == url

    @pytest.mark.parametrize(
        "url", ["file.db", "sqlite://file.db", "sqlite:///", "sqlite:///:memory:"]
    )
    def test_refused(self, environment: MutableMapping[str, str], tmp_path: Path, url: str) -> None:
        environment["DATABASE_URL"] = url

        with pytest.raises(SettingsError, match="DATABASE_URL"):
            load_settings(tmp_path / ".env")

    @pytest.mark.parametrize("name", ["production", "development", "test"])
    def test_required(
        self, environment: MutableMapping[str, str], tmp_path: Path, name: str
    ) -> None:
        environment.update(ENVIRONMENT=name, DATABASE_URL="")

        with pytest.raises(SettingsError, match="DATABASE_URL"):
            load_settings(tmp_path / ".env")
