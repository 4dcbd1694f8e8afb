"""The walk through the sample ``orders``. It leaves some behind, one of them for a worker."""

from concurrent.futures import ThreadPoolExecutor
from typing import Final

import httpx2

from tests.harness.walk import Walker

PRODUCTS: Final = "/api/v1/products"
ORDERS: Final = "/api/v1/orders"
KEY: Final = "walk-1"
AT_ONCE: Final = 10


def walk_orders(walker: Walker) -> None:
    """From a product to orders that are repeated, followed and cancelled."""
    product = walk_product(walker)
    refuse_invalid(walker, product)
    path = walk_repeated(walker, product)
    walk_status(walker, path)
    walk_cancelled(walker, submit(walker, product, 2).headers["location"])
    listed = walker.expect(200, "GET", f"{ORDERS}?status=pending").json()
    assert [order["id"] for order in listed["items"]] == [number_of(path)], f"pending: {listed}"


def walk_guarded_orders(_: Walker, anybody: Walker) -> None:
    """Nobody sees, submits or cancels an order without a credential, whatever else is wrong."""
    for path in (PRODUCTS, ORDERS):
        anybody.expect(401, "GET", path)
        anybody.expect(401, "POST", path, {"lines": []})
    anybody.expect(401, "POST", f"{ORDERS}/987654321/cancel")


def walk_settled(walker: Walker) -> None:
    """A worker has taken the stock of what was pending, and of nothing else."""
    counts = {
        status: walker.expect(200, "GET", f"{ORDERS}?status={status}").json()["total"]
        for status in ("pending", "confirmed", "cancelled")
    }
    assert counts == {"pending": 0, "confirmed": 1, "cancelled": 1}, f"the orders are {counts}"
    (product,) = walker.expect(200, "GET", PRODUCTS).json()["items"]
    assert product["stock"] == 48, f"the worker left a stock of {product['stock']}"


def walk_product(walker: Walker) -> int:
    """Add a product, and stock it; only whoever knows its state may change it."""
    body = {"name": "Pen", "price_cents": 120, "stock": 20}
    added = walker.expect(201, "POST", PRODUCTS, body)
    walker.expect(409, "POST", PRODUCTS, body)
    path = added.headers["location"]
    walker.expect(428, "PATCH", path, {"stock": 50})
    walker.expect(412, "PATCH", path, {"stock": 50}, if_match='"7"')
    changed = walker.expect(200, "PATCH", path, {"stock": 50}, if_match=added.headers["etag"])
    assert changed.json()["stock"] == 50, f"PATCH made {changed.json()}"
    walker.expect(304, "GET", path, if_none_match=changed.headers["etag"])
    return number_of(path)


def refuse_invalid(walker: Walker, product: int) -> None:
    """A wrong body, an unknown product, a wrong query and a wrong id are refused."""
    walker.expect(422, "POST", ORDERS, {"lines": []})
    line = {"product_id": product, "quantity": 0}
    refused = walker.expect(422, "POST", ORDERS, {"lines": [line]}).json()
    assert refused["errors"][0]["location"][-1] == "quantity", f"422 names {refused['errors']}"
    unknown = walker.expect(422, "POST", ORDERS, order(987654321, 1)).json()
    assert unknown["code"] == "unknown_product", f"422 with the code {unknown['code']}"
    walker.expect(422, "GET", f"{ORDERS}?status=lost")
    walker.expect(422, "GET", f"{ORDERS}/pen")
    walker.expect(404, "GET", f"{ORDERS}/987654321")
    walker.expect(404, "POST", f"{ORDERS}/987654321/cancel")


def walk_repeated(walker: Walker, product: int) -> str:
    """The same request, many times at once: one order, and one answer. Give its path."""
    with ThreadPoolExecutor(AT_ONCE) as threads:
        sent = [
            threads.submit(submit, walker, product, 2, idempotency_key=KEY) for _ in range(AT_ONCE)
        ]
        answers = {(each.result().content, each.result().headers["location"]) for each in sent}
    assert len(answers) == 1, f"one key has the answers {answers}"
    reused = walker.expect(422, "POST", ORDERS, order(product, 3), idempotency_key=KEY).json()
    assert reused["code"] == "idempotency_key_reused", f"422 with the code {reused['code']}"
    _, path = answers.pop()
    return path


def walk_status(walker: Walker, path: str) -> None:
    """A client follows an order, and is told when there is something new."""
    read = walker.expect(200, "GET", path)
    assert read.json()["status"] == "pending", f"{path} is {read.json()}"
    assert read.json()["total_cents"] == 240, f"{path} is {read.json()}"
    assert walker.expect(304, "GET", path, if_none_match=read.headers["etag"]).content == b""


def walk_cancelled(walker: Walker, path: str) -> None:
    """What is pending can be cancelled, once."""
    known = walker.expect(200, "GET", path).headers["etag"]
    cancelled = walker.expect(200, "POST", f"{path}/cancel").json()
    assert cancelled["status"] == "cancelled", f"cancel made {cancelled}"
    assert walker.expect(409, "POST", f"{path}/cancel").json()["code"] == "order_not_pending"
    assert walker.expect(200, "GET", path, if_none_match=known).json() == cancelled


def submit(walker: Walker, product: int, quantity: int, **headers: str) -> httpx2.Response:
    """Submit an order of one product."""
    return walker.expect(202, "POST", ORDERS, order(product, quantity), **headers)


def order(product: int, quantity: int) -> dict[str, object]:
    """Write the body of an order."""
    return {"lines": [{"product_id": product, "quantity": quantity}]}


def number_of(path: str) -> int:
    """Read the id at the end of a path."""
    return int(path.rpartition("/")[2])
