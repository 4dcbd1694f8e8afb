"""app.core.lifespan: resources open in order and close in reverse."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager

import pytest

from app.config.settings import Settings
from app.core import lifespan
from app.core.lifespan import Resource, open_state
from app.main import create_app
from tests.support.log import captured_log


def resource(name: str, events: list[str], *, fails: bool = False) -> Resource:
    """Make a resource that notes when it opens and closes."""

    @asynccontextmanager
    async def open_resource(_: Settings) -> AsyncGenerator[Mapping[str, object]]:
        if fails:
            raise ConnectionError(name)
        events.append(f"open {name}")
        try:
            yield {name: f"the {name}"}
        finally:
            events.append(f"close {name}")

    return open_resource


class TestOpenState:
    async def test_order(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        events: list[str] = []
        resources = [resource("pool", events), resource("broker", events)]
        monkeypatch.setattr(lifespan, "RESOURCES", resources)

        async with open_state(settings) as state:
            events.append("serve")
            assert dict(state) == {
                "settings": settings,
                "pool": "the pool",
                "broker": "the broker",
            }

        assert events == ["open pool", "open broker", "serve", "close broker", "close pool"]

    async def test_one_fails_to_open(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        events: list[str] = []
        resources = [resource("pool", events), resource("broker", events, fails=True)]
        monkeypatch.setattr(lifespan, "RESOURCES", resources)

        with pytest.raises(ConnectionError, match="broker"):
            async with open_state(settings):
                pass

        assert events == ["open pool", "close pool"]


class TestLifespan:
    async def test_start_and_end_are_logged(self, settings: Settings) -> None:
        app = create_app(settings)

        with captured_log(lifespan) as log:
            async with app.router.lifespan_context(app):
                pass

        assert [each["event"] for each in log] == ["started", "stopped"]
        assert log[0]["environment"] == "test"
