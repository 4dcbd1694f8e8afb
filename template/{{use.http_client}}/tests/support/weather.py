"""The weather service that a test has: a fake at the transport, so that all else is real."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from httpx2 import Request, Response

from app.core.lifespan import State
from app.core.outgoing.upstreams import Upstreams, connect
from tests.support.transport import Answer, FakeTransport


@dataclass
class FakeWeather:
    """Answers as the real one does; ``failing`` is answered instead, while it is set."""

    temperature: float = 11.5
    wind: float = 7.2
    failing: Response | None = None
    headers: dict[str, str] = field(default_factory=dict[str, str])
    asked: list[Request] = field(default_factory=list[Request])

    def answer(self, request: Request) -> Response:
        """Keep the request, and answer it."""
        self.asked.append(request)
        if self.failing is not None:
            return self.failing
        if request.url.path != "/v1/forecast":
            return refusal(404, "Not Found")
        return self.forecast(request)

    def forecast(self, request: Request) -> Response:
        """Say what it is like at a place, where there is one."""
        try:
            latitude = float(request.url.params["latitude"])
            float(request.url.params["longitude"])
        except (KeyError, ValueError):
            return refusal(400, "No place.")
        if abs(latitude) > 90:
            return refusal(400, "Latitude out of range.")
        conditions = {"latitude": latitude, "current": self.current(request)}
        return Response(200, json=conditions, headers=self.headers)

    def current(self, request: Request) -> dict[str, float | str]:
        """Say what was asked for, and when that was measured."""
        known = {"temperature_2m": self.temperature, "wind_speed_10m": self.wind}
        wanted = request.url.params.get("current", "").split(",")
        return {"time": "2026-11-29T12:00", "interval": 900} | {
            name: value for name, value in known.items() if name in wanted
        }


def refusal(status: int, reason: str) -> Response:
    """Say no as the real one does."""
    return Response(status, json={"error": True, "reason": reason})


@asynccontextmanager
async def weather_from(state: State, url: str) -> AsyncGenerator[None]:
    """Have it come from elsewhere, over a network."""
    settings = state["settings"]
    weather = settings.weather.model_copy(update={"url": url})
    state["settings"] = replace(settings, weather=weather)
    state["upstreams"] = upstreams = Upstreams(connect())
    try:
        yield
    finally:
        await upstreams.aclose()


class FakeUpstreams(Upstreams):
    """Each upstream has somebody here who answers in its place; no call leaves the process."""

    def __init__(self) -> None:
        self.weather = FakeWeather()
        self.answers: dict[str, Answer] = {"weather": self.weather.answer}
        super().__init__(lambda settings: FakeTransport(self.answers[settings.upstream]))


@asynccontextmanager
async def weather_instead(state: State) -> AsyncGenerator[None]:
    """Let no test out into the world."""
    state["upstreams"] = FakeUpstreams()
    yield
