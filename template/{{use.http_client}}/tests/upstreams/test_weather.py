"""app.upstreams.weather: what it makes of the weather service, and what that has to answer."""

import os
from collections.abc import AsyncGenerator

import pytest
from httpx2 import Response

from app.config.weather import WeatherSettings
from app.core.lifespan import State
from app.core.outgoing.errors import UpstreamInvalidError, UpstreamUnavailableError
from app.core.outgoing.upstreams import Upstreams, connect
from app.upstreams.weather import Conditions, Place, Weather
from tests.support.weather import FakeWeather

OSLO = Place(59.91, 10.75)
LIMA = Place(-12.05, -77.04)
NOWHERE = Place(91, 0)
FAKE = ""
REAL = os.environ.get("TEST_UPSTREAM_WEATHER_URL", FAKE)


@pytest.fixture
def weather(state: State) -> Weather:
    """What routes get."""
    return Weather(state["upstreams"].to(state["settings"].weather))


@pytest.fixture(params=sorted({FAKE, REAL}))
async def either(request: pytest.FixtureRequest, weather: Weather) -> AsyncGenerator[Weather]:
    """The fake, and the real one where ``TEST_UPSTREAM_WEATHER_URL`` names it."""
    if request.param == FAKE:
        yield weather
    else:
        upstreams = Upstreams(connect())
        yield Weather(upstreams.to(WeatherSettings(url=request.param)))
        await upstreams.aclose()


class TestContract:
    """What this service relies on, of the fake as of the real one."""

    async def test_now(self, either: Weather) -> None:
        conditions = await either.now(OSLO)

        assert -90 < conditions.temperature < 60
        assert 0 <= conditions.wind < 500

    async def test_no_place(self, either: Weather) -> None:
        with pytest.raises(UpstreamInvalidError):
            await either.now(NOWHERE)


class TestNow:
    async def test_asks(self, weather: Weather, fake_weather: FakeWeather) -> None:
        assert await weather.now(OSLO) == Conditions.model_validate(
            {"temperature_2m": 11.5, "wind_speed_10m": 7.2}
        )
        assert fake_weather.asked[0].url.params["latitude"] == "59.91"

    @pytest.mark.parametrize("text", ["", "{}", '{"current": {"temperature_2m": "NaN"}}'])
    async def test_not_understood(
        self, weather: Weather, fake_weather: FakeWeather, text: str
    ) -> None:
        fake_weather.failing = Response(200, text=text)

        with pytest.raises(UpstreamInvalidError):
            await weather.now(OSLO)

    async def test_away(self, weather: Weather, fake_weather: FakeWeather) -> None:
        fake_weather.failing = Response(500)

        with pytest.raises(UpstreamUnavailableError):
            await weather.now(OSLO)


class TestAt:
    async def test_in_order(self, weather: Weather, fake_weather: FakeWeather) -> None:
        assert len(await weather.at([OSLO, LIMA])) == 2
        assert {each.url.params["latitude"] for each in fake_weather.asked} == {"59.91", "-12.05"}

    async def test_all_or_none(self, weather: Weather) -> None:
        with pytest.raises(UpstreamInvalidError):
            await weather.at([OSLO, NOWHERE, LIMA])
