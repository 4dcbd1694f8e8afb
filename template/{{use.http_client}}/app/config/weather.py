"""Where the weather comes from."""

from typing import ClassVar

from app.config.outgoing import UpstreamSettings, UpstreamUrl, variables
from app.config.section import Section


class WeatherSettings(Section, UpstreamSettings):
    """A service with the interface of Open-Meteo."""

    model_config = variables("UPSTREAM_WEATHER")
    upstream: ClassVar[str] = "weather"

    url: UpstreamUrl = "https://api.open-meteo.com"
