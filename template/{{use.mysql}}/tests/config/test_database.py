"""app.config.database: the URL of the database."""

from collections.abc import MutableMapping
from pathlib import Path

import pytest

from app.config.database import DatabaseSettings
from app.config.settings import SettingsError, load_settings


class TestUrl:
    @pytest.mark.parametrize(
        "url",
        [
            "mysql://user:password@host:3306/database",
            "mariadb://user@host/database?ssl_ca=/etc/ssl/ca.pem",
            "mysql://user@/database?unix_socket=/run/mysqld/mysqld.sock",
        ],
    )
    def test_accepted(self, environment: MutableMapping[str, str], url: str) -> None:
        environment["DATABASE_URL"] = url

        assert DatabaseSettings.read().url.get_secret_value() == url

    @pytest.mark.parametrize(
        "url",
        [
            "http://user:hunter2@host/database",
            "mysql://user:hunter2@host:none/database",
            "mysql://user:hunter2/@host/database",
            "mysql://user:hunter2@host/database?sslmode=require",
            "hunter2",
        ],
    )
    def test_refused(self, environment: MutableMapping[str, str], tmp_path: Path, url: str) -> None:
        environment["DATABASE_URL"] = url

        with pytest.raises(SettingsError, match="DATABASE_URL") as raised:
            load_settings(tmp_path / ".env")

        assert "hunter2" not in str(raised.value)

    @pytest.mark.parametrize("name", ["production", "development", "test"])
    def test_required(
        self, environment: MutableMapping[str, str], tmp_path: Path, name: str
    ) -> None:
        environment.update(ENVIRONMENT=name, DATABASE_URL="")

        with pytest.raises(SettingsError, match="DATABASE_URL"):
            load_settings(tmp_path / ".env")

    def test_not_shown(self, environment: MutableMapping[str, str], tmp_path: Path) -> None:
        environment["DATABASE_URL"] = "mysql://user:hunter2@host/database"

        assert "hunter2" not in repr(load_settings(tmp_path / ".env"))


class TestMigrations:
    @pytest.mark.parametrize("url", ["", "mysql://owner:password@host/database"])
    def test_may_go_another_way(self, environment: MutableMapping[str, str], url: str) -> None:
        usual = "mysql://user:password@host/database"
        environment.update(DATABASE_URL=usual, DATABASE_MIGRATION_URL=url)

        way = DatabaseSettings.read().for_migrations().url.get_secret_value()

        assert way == (url or usual)
