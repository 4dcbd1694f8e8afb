"""app.config.section: what all settings share."""

from collections.abc import MutableMapping
from datetime import timedelta

import pytest
from pydantic import TypeAdapter, ValidationError

from app.config.app import AppSettings
from app.config.section import Environment, Seconds
from app.config.server import ServerSettings


class TestSection:
    def test_unset_environment_is_production(self, environment: MutableMapping[str, str]) -> None:
        del environment["ENVIRONMENT"]

        assert AppSettings().environment is Environment.PRODUCTION

    def test_empty_counts_as_unset(self, environment: MutableMapping[str, str]) -> None:
        environment.update(ENVIRONMENT="", PORT="")

        assert AppSettings().environment is Environment.PRODUCTION
        assert ServerSettings().port == 8000

    def test_a_wrong_value_is_not_repeated(self, environment: MutableMapping[str, str]) -> None:
        environment["PORT"] = "hunter2"

        with pytest.raises(ValidationError, match="PORT") as raised:
            ServerSettings()

        assert "hunter2" not in str(raised.value)

    def test_unknown_environment(self, environment: MutableMapping[str, str]) -> None:
        environment["ENVIRONMENT"] = "staging"

        with pytest.raises(ValidationError, match="ENVIRONMENT"):
            AppSettings()


class TestSeconds:
    @pytest.mark.parametrize(("text", "seconds"), [("0", 0), ("75", 75), ("0.5", 0.5)])
    def test_number(self, text: str, seconds: float) -> None:
        assert TypeAdapter[timedelta](Seconds).validate_python(text) == timedelta(seconds=seconds)

    @pytest.mark.parametrize("text", ["-1", "soon", "1m", "nan", "inf"])
    def test_anything_else(self, text: str) -> None:
        with pytest.raises(ValidationError, match="use a number of seconds"):
            TypeAdapter[timedelta](Seconds).validate_python(text)
