"""Fixtures for calls to others."""

import pytest

from app.core.lifespan import State
from tests.support.weather import FakeUpstreams, FakeWeather


@pytest.fixture
def fake_weather(state: State) -> FakeWeather:
    """What answers in place of the weather service."""
    upstreams = state["upstreams"]
    assert isinstance(upstreams, FakeUpstreams)
    return upstreams.weather
