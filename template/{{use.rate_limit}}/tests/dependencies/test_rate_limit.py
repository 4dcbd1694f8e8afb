"""app.dependencies.rate_limit: limits of a route."""

import asyncio

import pytest
from fastapi import APIRouter, FastAPI
from httpx2 import AsyncClient

from app.config.settings import Settings
from app.core.lifespan import State
from app.dependencies.rate_limit import costs, limit
from tests.support.callers import HERE, call_from, limited_app


@pytest.fixture
def app(settings: Settings) -> FastAPI:
    """A service with ten requests a minute, and routes with limits of their own."""
    app = limited_app(settings, "10/minute")
    inner, outer = APIRouter(), APIRouter()

    @inner.get("/exports", dependencies=[limit("exports", "2/minute;3/hour")])
    async def export() -> None: ...

    @inner.get("/more", dependencies=[limit("exports", "2/minute;3/hour")])
    async def export_more() -> None: ...

    @inner.get("/search", dependencies=[limit("search", "20/minute", cost=4)])
    async def search() -> None: ...

    @inner.get("/heavy", dependencies=[costs(6)])
    async def heavy() -> None: ...

    @inner.get("/all", dependencies=[costs(1000)])
    async def everything() -> None: ...

    outer.include_router(inner, prefix="/inner")
    app.include_router(outer, prefix="/outer")
    return app


async def ask(client: AsyncClient, name: str) -> tuple[int, str]:
    """Tell how it went, and how much is left of what all routes share."""
    response = await client.get(f"/outer/inner/{name}")
    default = response.headers["RateLimit"].split(", ")[0].split(";")
    assert default[0] == '"default"'
    return response.status_code, default[1]


class TestRoute:
    async def test_both_limits(self, app: FastAPI, state: State) -> None:
        async with call_from(HERE, app, state) as client:
            response = await client.get("/outer/inner/exports")

        policies = response.headers["RateLimit-Policy"].split(", ")
        assert policies == [
            '"default";q=10;w=60',
            '"exports-60";q=2;w=60',
            '"exports-3600";q=3;w=3600',
        ]

    async def test_what_it_refuses_costs_nothing(self, app: FastAPI, state: State) -> None:
        async with call_from(HERE, app, state) as client:
            found = [await ask(client, "exports") for _ in range(4)]

        assert found == [(200, "r=9"), (200, "r=8"), (429, "r=8"), (429, "r=8")]

    async def test_routes_of_one_name(self, app: FastAPI, state: State) -> None:
        async with call_from(HERE, app, state) as client:
            found = [(await ask(client, name))[0] for name in ("exports", "more", "more")]

        assert found == [200, 200, 429]

    async def test_cost(self, app: FastAPI, state: State) -> None:
        async with call_from(HERE, app, state) as client:
            found = [await ask(client, "search") for _ in range(3)]

        assert found == [(200, "r=6"), (200, "r=2"), (429, "r=2")]

    async def test_cost_alone(self, app: FastAPI, state: State) -> None:
        async with call_from(HERE, app, state) as client:
            assert await ask(client, "heavy") == (200, "r=4")
            assert await ask(client, "heavy") == (429, "r=4")

    async def test_more_than_there_is(self, app: FastAPI, state: State) -> None:
        async with call_from(HERE, app, state) as client:
            assert await ask(client, "all") == (200, "r=0")

    async def test_refusal(self, app: FastAPI, state: State) -> None:
        async with call_from(HERE, app, state) as client:
            await asyncio.gather(*(ask(client, "exports") for _ in range(2)))
            response = await client.get("/outer/inner/exports")

        assert response.json()["code"] == "rate_limited"
        assert 50 < int(response.headers["Retry-After"]) <= 60


class TestDeclaration:
    @pytest.mark.parametrize("name", ["", "default", "Exports", 'a"b', "9"])
    def test_name(self, name: str) -> None:
        with pytest.raises(ValueError, match="names no limit"):
            limit(name, "1/minute")

    def test_rate(self) -> None:
        with pytest.raises(ValueError, match="use the form 300/minute"):
            limit("exports", "often")

    @pytest.mark.parametrize("cost", [0, 3])
    def test_cost(self, cost: int) -> None:
        with pytest.raises(ValueError, match="could never be asked for"):
            limit("exports", "2/minute", cost=cost)
