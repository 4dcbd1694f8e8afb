"""Products and orders for tests, and what settles them."""

from collections.abc import Awaitable, Iterable
from typing import Final, TypedDict

import anyio
import pytest
from httpx2 import AsyncClient, Response

from app.config.settings import Settings
from app.core.database.session import Database, transaction
from app.core.lifespan import State
from app.core.tasks.message import Message
from app.core.tasks.publisher import Publisher
from app.tasks.order import confirm_order
from app.tasks.runtime import perform
from tests.support.database import execute

PRODUCTS: Final = "/api/v1/products"
ORDERS: Final = "/api/v1/orders"
PATIENCE: Final = 60
UNFINISHED: Final = "SELECT COUNT(*) FROM outbox WHERE finished_at IS NULL"


class ProductBody(TypedDict):
    """A product, as the service shows it."""

    id: int
    name: str
    price_cents: int
    stock: int
    version: int
    created_at: str
    updated_at: str


class LineBody(TypedDict):
    """A line of an order, as the service shows it."""

    product_id: int
    quantity: int
    price_cents: int


class OrderBody(TypedDict):
    """An order, as the service shows it."""

    id: int
    status: str
    total_cents: int
    version: int
    created_at: str
    updated_at: str
    lines: list[LineBody]


class Recorder(Publisher):
    """A broker that keeps what it is given, until the test runs it."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.taken: list[Message] = []

    async def publish(self, *messages: Message) -> None:
        """Keep the messages."""
        self.taken += messages


@pytest.fixture
def recorder(state: State) -> Recorder:
    """The broker of a test that is a worker itself."""
    recorder = state["publisher"] = Recorder(state["settings"])
    return recorder


async def add_product(client: AsyncClient, name: str = "Pen", stock: int = 20) -> ProductBody:
    """Store a product at 120 cents."""
    body = {"name": name, "price_cents": 120, "stock": stock}
    response = await client.post(PRODUCTS, json=body)
    assert response.status_code == 201, response.text
    return response.json()


def order_of(*lines: tuple[ProductBody, int]) -> dict[str, object]:
    """Write the body of an order."""
    listed = [{"product_id": product["id"], "quantity": quantity} for product, quantity in lines]
    return {"lines": listed}


async def submit(client: AsyncClient, *lines: tuple[ProductBody, int]) -> OrderBody:
    """Submit an order."""
    response = await client.post(ORDERS, json=order_of(*lines))
    assert response.status_code == 202, response.text
    return response.json()


async def read(client: AsyncClient, order: OrderBody) -> OrderBody:
    """Read an order as it is now."""
    response = await client.get(f"{ORDERS}/{order['id']}")
    assert response.status_code == 200, response.text
    return response.json()


async def cancel(client: AsyncClient, order: OrderBody) -> Response:
    """Cancel an order, or try to."""
    return await client.post(f"{ORDERS}/{order['id']}/cancel")


async def stock_of(client: AsyncClient, product: ProductBody) -> int:
    """Read how much there is by now."""
    response = await client.get(f"{PRODUCTS}/{product['id']}")
    assert response.status_code == 200, response.text
    return response.json()["stock"]


async def count(client: AsyncClient, status: str) -> int:
    """Count the orders that stand so."""
    response = await client.get(f"{ORDERS}?status={status}&size=1")
    assert response.status_code == 200, response.text
    return response.json()["total"]


async def settle(state: State, order: OrderBody) -> None:
    """Have a worker's code settle an order."""
    await perform(state, confirm_order, confirm_order.call(order["id"]))


async def worked_off(database: Database) -> None:
    """Wait until workers have done all that was handed in."""
    with anyio.fail_after(PATIENCE):
        while await unfinished(database):  # noqa: ASYNC110 - workers are other processes
            await anyio.sleep(0.1)


async def unfinished(database: Database) -> int:
    """Count the tasks that are not done."""
    async with transaction(database) as session:
        ((number,),) = await execute(session, UNFINISHED)
    return int(str(number))


async def all_at_once(requests: Iterable[Awaitable[Response]]) -> list[Response]:
    """Send many requests at the same time."""
    responses: list[Response] = []

    async def send(request: Awaitable[Response]) -> None:
        responses.append(await request)

    async with anyio.create_task_group() as group:
        for request in requests:
            group.start_soon(send, request)
    return responses


def wrong_fields(response: Response) -> list[str]:
    """Name the fields that a 422 complains of."""
    assert response.status_code == 422, response.text
    return [str(error["location"][-1]) for error in response.json()["errors"]]
