"""app.api.rate_limit: what clients see of the limits."""

import asyncio
from collections.abc import Callable

import pytest
from fastapi import FastAPI
from httpx2 import AsyncClient, Response

from app.config.settings import Settings
from app.core.lifespan import State
from app.main import create_app
from tests.support.callers import HERE, THERE, call_from, limited_app

ORIGIN = "https://app.example.com"
NOWHERE = "/api/v1/nowhere"
Caller = Callable[[str], AsyncClient]


@pytest.fixture
def app(settings: Settings) -> FastAPI:
    """A service with three requests a minute."""
    return limited_app(settings, "3/minute", cors_origins=(ORIGIN,))


@pytest.fixture
def caller(app: FastAPI, state: State) -> Caller:
    """Connect from an address, without a credential."""
    return lambda address: call_from(address, app, state)


async def statuses(client: AsyncClient, times: int, path: str = NOWHERE) -> list[int]:
    """Ask again and again, as nobody."""
    return [(await client.get(path, auth=None)).status_code for _ in range(times)]


async def refused(client: AsyncClient) -> Response:
    """Ask until it is too much."""
    await statuses(client, 3)
    return await client.get(NOWHERE, auth=None, headers={"Origin": ORIGIN})


class TestRefusal:
    async def test_problem(self, caller: Caller) -> None:
        async with caller(HERE) as client:
            response = await refused(client)

        assert response.status_code == 429
        assert response.headers["Content-Type"] == "application/problem+json"
        assert response.json()["code"] == "rate_limited"
        assert response.json()["request_id"] == response.headers["X-Request-ID"]

    async def test_when_to_come_again(self, caller: Caller) -> None:
        async with caller(HERE) as client:
            response = await refused(client)

        assert 50 < int(response.headers["Retry-After"]) <= 60
        assert response.headers["RateLimit-Policy"] == '"default";q=3;w=60'
        assert response.headers["RateLimit"] == f'"default";r=0;t={response.headers["Retry-After"]}'

    async def test_scripts_of_other_origins_may_read_it(self, caller: Caller) -> None:
        async with caller(HERE) as client:
            response = await refused(client)

        assert response.headers["Access-Control-Allow-Origin"] == ORIGIN
        exposed = response.headers["Access-Control-Expose-Headers"]
        assert {"RateLimit", "RateLimit-Policy", "Retry-After"} <= {*exposed.split(", ")}

    async def test_is_documented_everywhere(self, app: FastAPI) -> None:
        answers = [
            operation["responses"]["429"]["content"]
            for methods in app.openapi()["paths"].values()
            for operation in methods.values()
        ]

        assert all("application/problem+json" in content for content in answers)


class TestCounting:
    async def test_not_one_more(self, caller: Caller) -> None:
        async with caller(HERE) as client:
            found = await asyncio.gather(*(statuses(client, 1) for _ in range(10)))

        assert sorted(found) == [[404]] * 3 + [[429]] * 7

    async def test_what_is_left(self, caller: Caller) -> None:
        async with caller(HERE) as client:
            left = [(await client.get(NOWHERE)).headers["RateLimit"] for _ in range(3)]

        assert [each.split(";")[1] for each in left] == ["r=2", "r=1", "r=0"]

    async def test_several_windows(self, settings: Settings, state: State) -> None:
        app = limited_app(settings, "3/minute;5/hour")
        async with call_from(HERE, app, state) as client:
            assert await statuses(client, 6) == [404] * 3 + [429] * 3
            headers = (await client.get(NOWHERE, auth=None)).headers

        assert headers["RateLimit-Policy"] == '"default-60";q=3;w=60, "default-3600";q=5;w=3600'
        assert [each.split(";")[1] for each in headers["RateLimit"].split(", ")] == ["r=0", "r=2"]

    async def test_probes_are_not_counted(self, caller: Caller) -> None:
        async with caller(HERE) as client:
            assert await statuses(client, 10, "/healthz") == [200] * 10
            assert 429 not in await statuses(client, 5, "/readyz")
            assert await statuses(client, 1) == [404]

    async def test_probes_below_a_prefix_are_not_counted(
        self, settings: Settings, state: State
    ) -> None:
        app = limited_app(settings, "1/minute", root_path="/shop")
        async with call_from(HERE, app, state) as client:
            assert await statuses(client, 3, "/shop/healthz") == [200] * 3
            assert await statuses(client, 3, "/healthz") == [200] * 3

    async def test_asking_whether_one_may_is_not_counted(self, caller: Caller) -> None:
        preflight = {"Origin": ORIGIN, "Access-Control-Request-Method": "GET"}
        async with caller(HERE) as client:
            for _ in range(5):
                assert (await client.options(NOWHERE, headers=preflight)).status_code == 200
                assert (await client.options(NOWHERE)).status_code == 404
            assert await statuses(client, 1) == [404]

    async def test_the_settings_say_how_many(self, settings: Settings, state: State) -> None:
        async with call_from(HERE, create_app(settings), state) as client:
            policy = (await client.get(NOWHERE)).headers["RateLimit-Policy"]

        amount = settings.rate_limit.default[0].amount
        assert policy == f'"default";q={amount};w=60'


class TestAddress:
    async def test_each_has_its_own(self, caller: Caller) -> None:
        async with caller(HERE) as here, caller(THERE) as there:
            assert await statuses(here, 4) == [404] * 3 + [429]
            assert await statuses(there, 1) == [404]

    @pytest.mark.parametrize(
        ("one", "other"),
        [("2001:db8::1", "2001:db8::ffff:2"), ("192.0.2.1", "::ffff:192.0.2.1")],
    )
    async def test_two_of_one_subscriber(self, caller: Caller, one: str, other: str) -> None:
        async with caller(one) as first, caller(other) as second:
            await statuses(first, 3)

            assert await statuses(second, 1) == [429]

    @pytest.mark.parametrize(
        ("one", "other"),
        [("2001:db8:0:1::1", "2001:db8:0:2::1"), ("::ffff:192.0.2.1", "::ffff:192.0.2.2")],
    )
    async def test_two_neighbours(self, caller: Caller, one: str, other: str) -> None:
        async with caller(one) as first, caller(other) as second:
            await statuses(first, 3)

            assert await statuses(second, 1) == [404]

    async def test_nobody_says_which_one(self, caller: Caller) -> None:
        """The server takes it over from proxies that it trusts, and here from nobody."""
        async with caller(HERE) as client:
            await statuses(client, 3)
            forged = {"X-Forwarded-For": THERE, "Forwarded": f"for={THERE}", "X-Real-IP": THERE}

            response = await client.get(NOWHERE, auth=None, headers=forged)

        assert response.status_code == 429
