"""The weather, as a service with the interface of Open-Meteo tells it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from pydantic import BaseModel, ConfigDict, Field

from app.core.outgoing.upstream import Upstream
from app.core.together import together


@dataclass(frozen=True, slots=True)
class Place:
    """A point on the earth, in degrees."""

    latitude: float
    longitude: float


class Conditions(BaseModel):
    """What it is like: degrees Celsius, and kilometres an hour."""

    model_config = ConfigDict(frozen=True, allow_inf_nan=False)

    temperature: float = Field(validation_alias="temperature_2m")
    wind: float = Field(validation_alias="wind_speed_10m")


class Forecast(BaseModel):
    """As much of an answer as is used: what else it holds may change."""

    current: Conditions


class Weather:
    """Asks for it. Each method raises what ``Upstream.send`` does."""

    def __init__(self, upstream: Upstream) -> None:
        self.upstream = upstream

    async def now(self, place: Place) -> Conditions:
        """Say what it is like at a place."""
        forecast = await self.upstream.get(
            Forecast,
            "/v1/forecast",
            params={
                "latitude": place.latitude,
                "longitude": place.longitude,
                "current": "temperature_2m,wind_speed_10m",
            },
        )
        return forecast.current

    async def at(self, places: Iterable[Place]) -> list[Conditions]:
        """Say what it is like at several, asked for side by side: all of them, or an error."""
        return await together(partial(self.now, place) for place in places)
