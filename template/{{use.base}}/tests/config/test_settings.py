"""app.config.settings: all settings, read once at the start."""

from collections.abc import MutableMapping
from pathlib import Path
from typing import Final

import pytest

from app.config.settings import Settings, SettingsError, load_settings

ENV_EXAMPLE: Final = Path(__file__).parents[2] / ".env.example"


class TestLoadSettings:
    def test_from_a_file(self, environment: MutableMapping[str, str], tmp_path: Path) -> None:
        file = tmp_path / ".env"
        file.write_text("PORT=8001\nLOG_LEVEL=DEBUG\n")

        settings = load_settings(file)

        assert settings.server.port == 8001
        assert settings.log.level == "DEBUG"

    def test_the_environment_wins(
        self, environment: MutableMapping[str, str], tmp_path: Path
    ) -> None:
        file = tmp_path / ".env"
        file.write_text("PORT=8001\n")
        environment["PORT"] = "8002"

        assert load_settings(file).server.port == 8002

    def test_without_a_file(self, environment: MutableMapping[str, str], tmp_path: Path) -> None:
        assert load_settings(tmp_path / ".env") == Settings()

    def test_wrong(self, environment: MutableMapping[str, str], tmp_path: Path) -> None:
        environment.update(HOST="127.0.0.1", PORT="hunter2", WEB_CONCURRENCY="0")

        with pytest.raises(SettingsError) as raised:
            load_settings(tmp_path / ".env")

        first, second = str(raised.value).splitlines()
        assert first.startswith("Wrong setting PORT: ")
        assert second.startswith("Wrong setting WEB_CONCURRENCY: ")
        assert "hunter2" not in first


class TestEnvExample:
    def test_holds_the_defaults(
        self, environment: MutableMapping[str, str], settings: Settings
    ) -> None:
        assert load_settings(ENV_EXAMPLE) == settings
