"""app.config.database: the URL of the database."""

from collections.abc import MutableMapping
from pathlib import Path

import pytest

from app.config.database import DatabaseSettings, Pooler
from app.config.settings import SettingsError, load_settings


class TestUrl:
    @pytest.mark.parametrize(
        "url",
        [
            "postgresql://user:password@host:5432/database",
            "postgres://user@host/database?sslmode=require",
            "postgresql://user@/database?host=/var/run/postgresql",
            "postgresql://user:password@first:5432,second:5433/database?target_session_attrs=primary",
            "postgresql://first,second/database",
        ],
    )
    def test_accepted(self, environment: MutableMapping[str, str], url: str) -> None:
        environment["DATABASE_URL"] = url

        assert DatabaseSettings.read().url.get_secret_value() == url

    @pytest.mark.parametrize(
        "url",
        [
            "http://user:hunter2@host/database",
            "postgresql://user:hunter2@host:none/database",
            "postgresql://user:hunter2/@host/database",
            "postgresql://user:hunter2@first:5432,second:none/database",
            "postgresql://user:hunter2@host/database?gssencmode=require",
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
        environment["DATABASE_URL"] = "postgresql://user:hunter2@host/database"

        assert "hunter2" not in repr(load_settings(tmp_path / ".env"))


class TestMigrations:
    def test_go_where_everything_goes(self, environment: MutableMapping[str, str]) -> None:
        environment.update(DATABASE_URL="postgresql://host/database", DATABASE_POOLER="transaction")
        settings = DatabaseSettings.read()

        assert settings.for_migrations() == settings

    def test_go_round_the_pooler(self, environment: MutableMapping[str, str]) -> None:
        environment.update(
            DATABASE_URL="postgresql://pooler/database",
            DATABASE_POOLER="transaction",
            DATABASE_MIGRATION_URL="postgresql://server/database",
        )
        settings = DatabaseSettings.read().for_migrations()

        assert settings.url.get_secret_value() == "postgresql://server/database"
        assert settings.pooler is Pooler.NONE
