"""/api/v1/api-keys."""

from datetime import datetime, timedelta

import pytest
from fastapi import FastAPI
from httpx2 import AsyncClient, Response

from app.core.lifespan import State
from app.core.security.keys import parse_key
from tests.support.keys import KEYS, ask, make, read, store, whoami

NO_SUCH_KEY = f"{KEYS}/4711"


def wrong_fields(response: Response) -> list[str]:
    """Name the fields that a 422 complains of."""
    assert response.status_code == 422
    return [str(error["location"][1]) for error in response.json()["errors"]]


class TestCreate:
    async def test_created(self, client: AsyncClient) -> None:
        response = await client.post(KEYS, json={"name": " reports "})

        body = response.json()
        assert response.status_code == 201
        assert response.headers["Location"] == f"{KEYS}/{body['id']}"
        assert response.headers["Cache-Control"] == "no-store"
        assert parse_key(body.pop("key")).prefix == body["prefix"]
        assert (body["name"], body["scopes"], body["revoked_at"]) == ("reports", [], None)
        assert body["subject"] == await whoami(client)
        assert (await client.get(response.headers["Location"])).json() == body

    async def test_scopes(self, client: AsyncClient) -> None:
        scopes: list[str] = (await client.get("/api/v1/me")).json()["permissions"]

        assert (await make(client, scopes=scopes))["scopes"] == scopes

    @pytest.mark.parametrize(
        ("body", "days"), [({}, 90), ({"expires_days": 1}, 1), ({"expires_days": 3650}, 3650)]
    )
    async def test_expires(self, client: AsyncClient, body: dict[str, object], days: int) -> None:
        made = (await client.post(KEYS, json={"name": "reports", **body})).json()

        life = datetime.fromisoformat(made["expires_at"]) - datetime.fromisoformat(
            made["created_at"]
        )
        assert life == timedelta(days=days)

    async def test_never_expires(self, client: AsyncClient) -> None:
        made = (await client.post(KEYS, json={"name": "reports", "expires_days": None})).json()

        assert made["expires_at"] is None

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("name", None),
            ("name", "  "),
            ("name", "x" * 101),
            ("name", "a\0b"),
            ("scopes", ["no:such"]),
            ("scopes", "no:such"),
            ("scopes", None),
            ("expires_days", 0),
            ("expires_days", 3651),
            ("expires_days", "90"),
            ("expires_days", True),
            ("key", "ak_0123456789ab_mine"),
            ("prefix", "0123456789ab"),
            ("digest", "0" * 64),
            ("revoked_at", None),
            ("expires_at", "2999-01-01T00:00:00Z"),
        ],
    )
    async def test_invalid(self, client: AsyncClient, field: str, value: object) -> None:
        """OWASP API3:2023."""
        body = {"name": "reports", field: value}

        assert wrong_fields(await client.post(KEYS, json=body)) == [field]


class TestList:
    async def test_newest_last(self, client: AsyncClient) -> None:
        made = [(await make(client, name=name))["id"] for name in ("b", "a")]

        body = (await client.get(KEYS)).json()

        assert [each["id"] for each in body["items"]][-2:] == made

    async def test_sorted(self, client: AsyncClient) -> None:
        made = [(await make(client, name=name))["id"] for name in ("zb", "za")]

        body = (await client.get(KEYS, params={"sort": "-name", "size": 2})).json()

        assert [each["id"] for each in body["items"]] == made

    @pytest.mark.parametrize(
        ("field", "value"), [("sort", "digest"), ("digest", "0"), ("subject", "1"), ("size", "101")]
    )
    async def test_invalid(self, client: AsyncClient, field: str, value: str) -> None:
        assert wrong_fields(await client.get(KEYS, params={field: value})) == [field]


class TestRead:
    async def test_not_found(self, client: AsyncClient) -> None:
        response = await client.get(NO_SUCH_KEY)

        assert response.status_code == 404
        assert response.json()["code"] == "api_key_not_found"

    async def test_no_id(self, client: AsyncClient) -> None:
        assert wrong_fields(await client.get(f"{KEYS}/x")) == ["key_id"]


class TestRevoke:
    async def test_ends_at_once(self, client: AsyncClient) -> None:
        made = await make(client)
        assert (await ask(client, made["key"])).status_code == 200

        response = await client.delete(f"{KEYS}/{made['id']}")

        assert response.status_code == 204
        assert (await ask(client, made["key"])).status_code == 401
        assert (await client.get(f"{KEYS}/{made['id']}")).json()["revoked_at"]

    async def test_again(self, client: AsyncClient) -> None:
        made = await make(client)
        await client.delete(f"{KEYS}/{made['id']}")
        first = (await client.get(f"{KEYS}/{made['id']}")).json()["revoked_at"]

        assert (await client.delete(f"{KEYS}/{made['id']}")).status_code == 204
        assert (await client.get(f"{KEYS}/{made['id']}")).json()["revoked_at"] == first

    async def test_not_found(self, client: AsyncClient) -> None:
        assert (await client.delete(NO_SUCH_KEY)).status_code == 404


class TestSecrets:
    async def test_shown_once(self, client: AsyncClient, state: State) -> None:
        made = await make(client)
        key, stored = parse_key(made["key"]), await read(state, made["id"])

        answers = [await client.get(KEYS), await client.get(f"{KEYS}/{made['id']}")]
        answers += [await ask(client, made["key"]), await ask(client, made["key"], KEYS)]

        assert stored.digest == key.digest
        for answer in answers:
            assert answer.status_code == 200
            assert key.secret not in answer.text
            assert key.digest not in answer.text

    def test_documented(self, app: FastAPI) -> None:
        schemas = app.openapi()["components"]["schemas"]

        showing = {
            name for name, schema in schemas.items() if "key" in schema.get("properties", {})
        }
        assert showing == {"ApiKeyCreated"}
        assert not any("digest" in schema.get("properties", {}) for schema in schemas.values())

    async def test_another_key_of_the_same_owner(self, client: AsyncClient, state: State) -> None:
        key, _ = await store(state, await whoami(client))
        made = await make(client)

        response = await ask(client, key.reveal(), f"{KEYS}/{made['id']}")

        assert response.status_code == 200
        assert "key" not in response.json()
