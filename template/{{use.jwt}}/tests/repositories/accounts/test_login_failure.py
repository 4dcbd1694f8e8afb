"""app.repositories.accounts.login_failure: how often somebody has failed."""

from collections.abc import Mapping

import pytest

from app.core.database.session import Session
from app.models.utc import utc_now
from app.repositories.accounts.login_failure import LoginFailureRepository
from tests.support.stored import HOUR

HERE, THERE = "192.0.2.1", "2001:db8::1"


@pytest.fixture
async def failures(session: Session) -> LoginFailureRepository:
    """Three accounts' failures from two addresses, of which one is long ago."""
    failures = LoginFailureRepository(session)
    for account, address in (("ada", HERE), ("ada", HERE), ("ada", THERE), ("bob", THERE)):
        await failures.add({"account": account, "address": address})
    old = {"account": "eve", "address": HERE, "created_at": utc_now() - 2 * HOUR}
    await failures.add(old)
    return failures


async def count(failures: LoginFailureRepository, **query: str) -> int:
    """Count those of the last hour."""
    return await failures.count(utc_now() - HOUR, **query)


class TestCount:
    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ({}, 4),
            ({"account": "ada"}, 3),
            ({"address": HERE}, 2),
            ({"account": "ada", "address": THERE}, 1),
            ({"account": "bob", "address": HERE}, 0),
            ({"account": "eve"}, 0),
        ],
    )
    async def test_within_the_window(
        self, failures: LoginFailureRepository, query: Mapping[str, str], expected: int
    ) -> None:
        assert await count(failures, **query) == expected

    async def test_at_its_edge(self, failures: LoginFailureRepository) -> None:
        moment = utc_now() - HOUR / 2
        await failures.add({"account": "zoe", "address": HERE, "created_at": moment})

        assert await failures.count(moment, account="zoe") == 0
        assert await failures.count(moment - HOUR / 3600, account="zoe") == 1


class TestRemove:
    async def test_only_one(self, failures: LoginFailureRepository) -> None:
        failure = await failures.add({"account": "ada", "address": HERE})
        assert await count(failures, account="ada") == 4

        await failures.remove(failure.id)

        assert await count(failures, account="ada") == 3


class TestClear:
    async def test_of_an_account(self, failures: LoginFailureRepository) -> None:
        await failures.clear("ada")

        assert await count(failures, account="ada") == 0
        assert await count(failures, account="bob") == 1

    async def test_from_one_address(self, failures: LoginFailureRepository) -> None:
        await failures.clear("ada", HERE)

        assert await count(failures, account="ada", address=HERE) == 0
        assert await count(failures, account="ada", address=THERE) == 1


class TestDeleteBefore:
    async def test_only_what_is_older(self, failures: LoginFailureRepository) -> None:
        await failures.delete_before(utc_now() - HOUR)

        long_ago = utc_now() - 3 * HOUR
        assert await failures.count(long_ago, account="eve") == 0
        assert await failures.count(long_ago) == 4
