"""/api/v1/auth/login: guessing is limited, and nobody is locked out by a stranger."""

from dataclasses import replace
from datetime import timedelta

import pytest
from httpx2 import AsyncClient

from app.core.database.session import transaction
from app.core.lifespan import State
from app.core.security.tokens import digest
from app.models.utc import utc_now
from app.repositories.accounts.login_failure import LoginFailureRepository
from tests.support.auth import login
from tests.support.users import ADDRESS, EMAIL, PASSWORD, add_user, begin_session, find_user

LIMIT = 3
WRONG = "a wrong password"


@pytest.fixture
async def limited(state: State, client: AsyncClient) -> AsyncClient:
    """A client of a service that counts to three, for a pair, and to twice that, for an account."""
    limits = {
        "login_limit_per_pair": LIMIT,
        "login_limit_per_account": 2 * LIMIT,
        "login_limit_per_address": 3 * LIMIT,
    }
    settings = state["settings"]
    state["settings"] = replace(settings, auth=settings.auth.model_copy(update=limits))
    await add_user(state, EMAIL, password=PASSWORD)
    return client


async def fail(state: State, account: str, address: str, times: int, age: int = 0) -> None:
    """Remember failed attempts of others."""
    created_at = utc_now() - timedelta(seconds=age)
    failure = {"account": digest(account), "address": address, "created_at": created_at}
    async with transaction(state["database"]) as session:
        for _ in range(times):
            await LoginFailureRepository(session).add(failure)


class TestPair:
    async def test_even_the_right_password(self, limited: AsyncClient) -> None:
        statuses = [(await login(limited, password=WRONG)).status_code for _ in range(LIMIT)]

        response = await login(limited)

        assert statuses == [401] * LIMIT
        assert response.status_code == 429
        assert response.json()["code"] == "too_many_attempts"
        assert response.headers["Retry-After"] == "900"

    async def test_alike_for_nobodys_account(self, limited: AsyncClient) -> None:
        statuses = [
            (await login(limited, "nobody@example.com")).status_code for _ in range(LIMIT + 1)
        ]

        assert statuses == [401] * LIMIT + [429]

    async def test_in_either_case(self, limited: AsyncClient) -> None:
        for email in (EMAIL, EMAIL.upper(), EMAIL.title()):
            await login(limited, email, WRONG)

        assert (await login(limited)).status_code == 429

    async def test_a_success_starts_again(self, limited: AsyncClient) -> None:
        for _ in range(2):
            for _ in range(LIMIT - 1):
                await login(limited, password=WRONG)
            assert (await login(limited)).status_code == 200

    async def test_ends_with_the_window(self, limited: AsyncClient, state: State) -> None:
        await fail(state, EMAIL, ADDRESS, LIMIT, age=901)

        assert (await login(limited)).status_code == 200

    async def test_refused_attempts_do_not_count(self, limited: AsyncClient, state: State) -> None:
        """Whoever goes on trying is not locked out for longer than the window."""
        await fail(state, EMAIL, ADDRESS, LIMIT)
        for _ in range(LIMIT):
            assert (await login(limited)).status_code == 429

        async with transaction(state["database"]) as session:
            since = utc_now() - timedelta(minutes=15)
            assert await LoginFailureRepository(session).count(since) == LIMIT


class TestAddress:
    async def test_all_accounts_together(self, limited: AsyncClient, state: State) -> None:
        for number in range(3):
            await fail(state, f"{number}@example.com", ADDRESS, LIMIT)

        assert (await login(limited)).status_code == 429

    async def test_another_address(self, limited: AsyncClient, state: State) -> None:
        for number in range(3):
            await fail(state, f"{number}@example.com", "192.0.2.1", LIMIT)

        assert (await login(limited)).status_code == 200


class TestAccount:
    async def test_from_everywhere(self, limited: AsyncClient, state: State) -> None:
        for number in range(2 * LIMIT):
            await fail(state, EMAIL, f"192.0.2.{number}", 1)

        assert (await login(limited)).status_code == 429

    async def test_strangers_do_not_lock_out_its_user(
        self, limited: AsyncClient, state: State
    ) -> None:
        await begin_session(state, await find_user(state))
        for number in range(2 * LIMIT):
            await fail(state, EMAIL, f"192.0.2.{number}", 1)

        assert (await login(limited)).status_code == 200


class TestForwarded:
    async def test_a_header_is_no_other_address(self, limited: AsyncClient) -> None:
        """Only the server's proxy says where a request comes from."""
        for number in range(LIMIT):
            limited.headers["X-Forwarded-For"] = f"192.0.2.{number}"
            await login(limited, password=WRONG)

        assert (await login(limited)).status_code == 429
