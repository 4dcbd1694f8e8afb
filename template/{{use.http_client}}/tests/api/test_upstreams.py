"""What a client is told when a service that is needed for its answer gives none."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi.responses import StreamingResponse
from httpx2 import AsyncClient, Response

from app.config.settings import Settings
from app.core.lifespan import State
from app.core.outgoing import allowance
from app.dependencies.outgoing import PublicWebDep, WeatherDep
from app.main import create_app
from app.upstreams.weather import Conditions, Place
from tests.support.client import open_client
from tests.support.peer import hangs, peer
from tests.support.weather import FakeWeather, weather_from

PATH = "/weather"


async def read_weather(weather: WeatherDep, latitude: float = 60) -> Conditions:
    """Ask for it."""
    return await weather.now(Place(latitude, 10))


async def stream_weather(weather: WeatherDep) -> StreamingResponse:
    """Begin to answer, and ask once the time of the request would be over."""

    async def pieces() -> AsyncGenerator[str]:
        yield "begun, "
        await asyncio.sleep(2.5)
        yield f"and {(await weather.now(Place(60, 10))).temperature}"

    return StreamingResponse(pieces())


async def fetch(web: PublicWebDep, url: str) -> int:
    """Ask whoever a user names."""
    return (await web.send("GET", url)).status_code


@pytest.fixture
async def caller(settings: Settings, state: State) -> AsyncGenerator[AsyncClient]:
    """A client of a service with routes that call others."""
    app = create_app(settings)
    app.add_api_route(PATH, read_weather)
    app.add_api_route("/fetch", fetch)
    async with open_client(app, state) as client:
        yield client


class TestUpstream:
    async def test_answers(self, caller: AsyncClient, fake_weather: FakeWeather) -> None:
        response = await caller.get(PATH, headers={"X-Request-ID": "r-1"})

        assert response.json() == {"temperature": 11.5, "wind": 7.2}
        assert [each.headers["X-Request-ID"] for each in fake_weather.asked] == ["r-1"]

    async def test_two_users(self, caller: AsyncClient, fake_weather: FakeWeather) -> None:
        """What the other side gives to one it does not get back from another."""
        fake_weather.headers = {"Set-Cookie": "who=ann; Path=/"}
        for user in ("ann", "bob"):
            await caller.get(PATH, headers={"Cookie": f"user={user}"})

        assert len(fake_weather.asked) == 2
        assert not any("Cookie" in each.headers for each in fake_weather.asked)

    @pytest.mark.parametrize(
        ("answer", "code"),
        [
            (Response(500, text="a secret"), "upstream_unavailable"),
            (Response(503, text="a secret"), "upstream_unavailable"),
            (Response(200, text="a secret"), "upstream_invalid"),
            (Response(403, text="a secret"), "upstream_invalid"),
            (Response(302, headers={"Location": "https://example.com"}), "upstream_invalid"),
        ],
    )
    async def test_fails(
        self, caller: AsyncClient, fake_weather: FakeWeather, answer: Response, code: str
    ) -> None:
        fake_weather.failing = answer

        response = await caller.get(PATH)

        assert (response.status_code, response.json()["code"]) == (502, code)
        assert "secret" not in response.text

    async def test_left_alone(self, caller: AsyncClient, fake_weather: FakeWeather) -> None:
        fake_weather.failing = Response(500)
        responses = [await caller.get(PATH) for _ in range(10)]

        assert {each.status_code for each in responses} == {502}
        assert responses[-1].headers["Retry-After"] == "5"
        assert len(fake_weather.asked) == 5

    async def test_too_slow(
        self, settings: Settings, state: State, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The request has less time than the call, and says what took it."""
        monkeypatch.setattr(allowance, "MARGIN", 3)  # this machine may be busy
        async with peer(hangs) as bad, weather_from(state, bad.url):
            http = settings.http.model_copy(update={"request_timeout": timedelta(seconds=3.5)})
            app = create_app(replace(settings, http=http))
            app.add_api_route(PATH, read_weather)
            async with open_client(app, state) as client:
                response = await client.get(PATH)

            assert (response.status_code, response.json()["code"]) == (504, "upstream_timeout")

    async def test_after_the_first_byte(self, settings: Settings, state: State) -> None:
        """What has begun to answer has no deadline, and nor has what it calls."""
        http = settings.http.model_copy(update={"request_timeout": timedelta(seconds=2)})
        app = create_app(replace(settings, http=http))
        app.add_api_route(PATH, stream_weather)
        async with open_client(app, state) as client:
            response = await client.get(PATH)

        assert response.text == "begun, and 11.5"


class TestPublicWeb:
    @pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://[::1]:8000/", "/etc/passwd"])
    async def test_inside(self, caller: AsyncClient, url: str) -> None:
        response = await caller.get("/fetch", params={"url": url})

        assert (response.status_code, response.json()["code"]) == (422, "url_refused")
