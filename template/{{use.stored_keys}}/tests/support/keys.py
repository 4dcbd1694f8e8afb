"""Keys for tests."""

from datetime import datetime
from typing import Final, TypedDict

from httpx2 import AsyncClient, Response

from app.core.database.session import transaction
from app.core.lifespan import State
from app.core.security.keys import Key, new_key
from app.models.api_key import ApiKey
from app.repositories.api_key import ApiKeyRepository

KEYS: Final = "/api/v1/api-keys"
ME: Final = "/api/v1/me"


class KeyBody(TypedDict):
    """A key, as the service shows it when it is made."""

    id: int
    name: str
    prefix: str
    subject: str
    scopes: list[str]
    key: str


async def make(client: AsyncClient, **body: object) -> KeyBody:
    """Make a key through the API."""
    response = await client.post(KEYS, json={"name": "reports", **body})
    assert response.status_code == 201, response.text
    return response.json()


async def ask(
    client: AsyncClient, key: str, path: str = ME, method: str = "GET", body: object = None
) -> Response:
    """Send a request with a key and nothing else."""
    return await client.request(method, path, json=body, auth=None, headers={"X-API-Key": key})


async def whoami(client: AsyncClient) -> str:
    """Name the one whom the tests' client is signed in as."""
    return (await client.get(ME)).json()["subject"]


async def store(
    state: State, subject: str, scopes: str = "", **moments: datetime
) -> tuple[Key, int]:
    """Store a key as it was left some time ago."""
    key = new_key()
    values = {"subject": subject, "name": "stored", "prefix": key.prefix, "digest": key.digest}
    async with transaction(state["database"]) as session:
        stored = await ApiKeyRepository(session).add({**values, "scopes": scopes, **moments})
    return key, stored.id


async def read(state: State, key_id: int) -> ApiKey:
    """Read a key as stored."""
    async with transaction(state["database"]) as session:
        found = await ApiKeyRepository(session).get(key_id)
    assert found is not None
    return found
