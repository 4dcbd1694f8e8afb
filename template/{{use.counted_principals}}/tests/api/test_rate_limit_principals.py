"""app.api.rate_limit: whoever shows a credential."""

from collections.abc import Mapping
from typing import Final

import pytest
from fastapi import FastAPI
from httpx2 import AsyncClient

from app.config.settings import Settings
from app.core.lifespan import State
from tests.support.callers import HERE, THERE, call_from, limited_app

ME = "/api/v1/me"
Shown = Mapping[str, str]
NOTHING: Final[Shown] = {}


@pytest.fixture
def app(settings: Settings) -> FastAPI:
    """A service with three requests a minute."""
    return limited_app(settings, "3/minute")


@pytest.fixture
async def shown(settings: Settings, state: State) -> Shown:
    """What somebody who is known sends, and nobody else does."""
    async with call_from(THERE, limited_app(settings, "1000/hour"), state) as client:
        known, unknown = await client.get(ME), await client.get(ME, auth=None)
    assert known.status_code == 200
    sent = unknown.request.headers
    return {name: value for name, value in known.request.headers.items() if name not in sent}


def made_up(shown: Shown, number: int = 0) -> Shown:
    """Change what proves it, and leave what names somebody."""
    return {name: f"{value[:-6]}{number:06}" for name, value in shown.items()}


async def ask(client: AsyncClient, *attempts: Shown) -> list[int]:
    """Ask once with each."""
    return [(await client.get(ME, auth=None, headers=each)).status_code for each in attempts]


class TestPrincipal:
    async def test_is_counted_wherever_it_is(
        self, app: FastAPI, state: State, shown: Shown
    ) -> None:
        async with call_from(HERE, app, state) as here, call_from(THERE, app, state) as there:
            assert await ask(here, shown, shown) == [200, 200]
            assert await ask(there, shown, shown) == [200, 429]

    async def test_is_not_counted_for_the_address(
        self, app: FastAPI, state: State, shown: Shown
    ) -> None:
        async with call_from(HERE, app, state) as client:
            assert await ask(client, *[shown] * 4) == [200, 200, 200, 429]
            assert await ask(client, *[NOTHING] * 4) == [401, 401, 401, 429]

    async def test_has_its_own_where_the_address_has_none_left(
        self, app: FastAPI, state: State, shown: Shown
    ) -> None:
        async with call_from(HERE, app, state) as client:
            await ask(client, *[NOTHING] * 4)

            assert await ask(client, shown) == [200]


class TestMadeUp:
    async def test_counts_for_the_address(self, app: FastAPI, state: State, shown: Shown) -> None:
        attempts = [made_up(shown, number) for number in range(5)]
        async with call_from(HERE, app, state) as client:
            assert await ask(client, *attempts) == [401, 401, 401, 429, 429]
            assert await ask(client, NOTHING) == [429]

    async def test_does_not_evade(self, app: FastAPI, state: State, shown: Shown) -> None:
        async with call_from(HERE, app, state) as client:
            await ask(client, *[NOTHING] * 3)

            assert await ask(client, made_up(shown), made_up(shown, 1)) == [429, 429]

    async def test_uses_up_nobody_elses(self, app: FastAPI, state: State, shown: Shown) -> None:
        async with call_from(HERE, app, state) as here, call_from(THERE, app, state) as there:
            await ask(here, *[made_up(shown)] * 10)

            assert await ask(there, shown) == [200]
            assert await ask(here, shown, shown, shown) == [200, 200, 429]
