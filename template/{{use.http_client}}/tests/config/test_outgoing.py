"""app.config.outgoing: variables of an upstream."""

from collections.abc import MutableMapping
from datetime import timedelta

import pytest
from pydantic import ValidationError

from app.config.weather import WeatherSettings


class TestVariables:
    def test_named_after_the_upstream(self, environment: MutableMapping[str, str]) -> None:
        environment["UPSTREAM_WEATHER_URL"] = "https://weather.example/base/"
        environment["UPSTREAM_WEATHER_READ_TIMEOUT"] = "0.5"

        settings = WeatherSettings.read()

        assert settings.url == "https://weather.example/base"
        assert settings.read_timeout == timedelta(seconds=0.5)

    def test_empty_is_unset(self, environment: MutableMapping[str, str]) -> None:
        environment["UPSTREAM_WEATHER_URL"] = ""
        environment["UPSTREAM_WEATHER_TIMEOUT"] = ""

        assert WeatherSettings.read() == WeatherSettings()

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("URL", "weather.example"),
            ("URL", "ftp://weather.example"),
            ("URL", "https://user:word@weather.example"),
            ("URL", "https://weather.example?key=1"),
            ("URL", "https://"),
            ("TIMEOUT", "0"),
            ("TIMEOUT", "601"),
            ("POOL_SIZE", "0"),
            ("MAX_BODY_SIZE", "0"),
            ("BREAKER_FAILURES", "0"),
        ],
    )
    def test_wrong(self, environment: MutableMapping[str, str], name: str, value: str) -> None:
        environment[f"UPSTREAM_WEATHER_{name}"] = value

        with pytest.raises(ValidationError, match=f"UPSTREAM_WEATHER_{name}"):
            WeatherSettings.read()
