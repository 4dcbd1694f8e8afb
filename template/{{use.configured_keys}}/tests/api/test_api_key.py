"""Who a request's key belongs to."""

import pytest
from httpx2 import AsyncClient, Response

from app.core.security.keys import new_key
from tests.support.identity import KEY

ME = "/api/v1/me"


async def ask(client: AsyncClient, key: str) -> Response:
    """Show a key."""
    return await client.get(ME, auth=None, headers={"X-API-Key": key})


class TestShownKey:
    async def test_known(self, client: AsyncClient) -> None:
        response = await ask(client, KEY.reveal())

        assert response.status_code == 200
        assert response.json()["subject"] == "tests"

    @pytest.mark.parametrize(
        "key",
        [
            "",
            "tests",
            KEY.secret,
            KEY.digest,
            KEY.reveal()[:-1],
            f"ak_{KEY.prefix}_{new_key().secret}",
            new_key().reveal(),
        ],
        ids=["none", "name", "secret", "digest", "truncated", "wrong-secret", "unknown"],
    )
    async def test_not_valid(self, client: AsyncClient, key: str) -> None:
        response = await ask(client, key)

        assert response.status_code == 401
        assert response.headers["WWW-Authenticate"] == "ApiKey"
        assert response.json()["code"] == "unauthenticated"

    async def test_only_in_its_header(self, client: AsyncClient) -> None:
        key = KEY.reveal()

        in_query = await client.get(ME, auth=None, params={"X-API-Key": key, "api_key": key})
        elsewhere = await client.get(ME, auth=None, headers={"Authorization": f"ApiKey {key}"})

        assert (in_query.status_code, elsewhere.status_code) == (401, 401)


class TestAnswers:
    async def test_no_secret(self, client: AsyncClient) -> None:
        text = (await ask(client, KEY.reveal())).text

        assert KEY.secret not in text
        assert KEY.digest not in text
