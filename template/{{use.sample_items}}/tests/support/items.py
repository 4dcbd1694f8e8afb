"""Items for tests."""

from typing import TypedDict

from httpx2 import AsyncClient, Response

ITEMS = "/api/v1/items"


class ItemBody(TypedDict):
    """An item, as the service shows it."""

    id: int
    name: str
    description: str | None
    price_cents: int
    version: int
    created_at: str
    updated_at: str


async def create(
    client: AsyncClient, name: str = "Pen", price_cents: int = 120, description: str | None = None
) -> ItemBody:
    """Store an item."""
    body = {"name": name, "price_cents": price_cents, "description": description}
    response = await client.post(ITEMS, json=body)
    assert response.status_code == 201
    return response.json()


def path_of(item: ItemBody) -> str:
    """Say where an item is."""
    return f"{ITEMS}/{item['id']}"


def wrong_fields(response: Response) -> list[str]:
    """Name the fields that a 422 complains of."""
    assert response.status_code == 422
    return [str(error["location"][-1]) for error in response.json()["errors"]]
