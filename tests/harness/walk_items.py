"""The walk through the sample ``items``. It leaves two of them behind."""

from urllib.parse import urlencode

from tests.harness.walk import Walker

ITEMS = "/api/v1/items"


def walk_items(walker: Walker) -> None:
    """From an empty list to a life's end."""
    assert page(walker) == []
    refuse_invalid(walker)
    for name, price in (("Pen", 120), ("Paper", 450), ("Pencil", 80)):
        create(walker, name, price)
    walker.expect(409, "POST", ITEMS, {"name": "Pen", "price_cents": 1})
    walk_list(walker)
    walk_one(walker, create(walker, "Brush", 990))


def page(walker: Walker, **query: str | int) -> list[str]:
    """List names, in their order."""
    answer = walker.expect(200, "GET", f"{ITEMS}?{urlencode(query)}")
    return [item["name"] for item in answer.json()["items"]]


def create(walker: Walker, name: str, price: int) -> str:
    """Make an item, and give its path."""
    answer = walker.expect(201, "POST", ITEMS, {"name": name, "price_cents": price})
    body = answer.json()
    assert body["name"] == name, f"POST made {body}"
    assert body["price_cents"] == price, f"POST made {body}"
    assert answer.headers["etag"] == '"1"', f"POST gave the ETag {answer.headers['etag']}"
    location = answer.headers["location"]
    assert location.endswith(f"{ITEMS}/{body['id']}"), f"POST gave the Location {location}"
    return location


def refuse_invalid(walker: Walker) -> None:
    """A wrong body, a wrong query and a wrong id are named, field by field."""
    refused = walker.expect(422, "POST", ITEMS, {"name": "", "price_cents": -1, "colour": "red"})
    fields = {error["location"][-1] for error in refused.json()["errors"]}
    assert fields == {"name", "price_cents", "colour"}, f"422 names {fields}"
    walker.expect(422, "GET", f"{ITEMS}?size=100000")
    walker.expect(422, "GET", f"{ITEMS}?sort=colour")
    walker.expect(422, "GET", f"{ITEMS}/pen")
    walker.expect(404, "GET", f"{ITEMS}/987654321")


def walk_list(walker: Walker) -> None:
    """Pages, order and filters."""
    assert page(walker, sort="-price_cents", size=2) == ["Paper", "Pen"]
    assert page(walker, sort="-price_cents", size=2, page=2) == ["Pencil"]
    assert page(walker, name="pen", sort="name") == ["Pen", "Pencil"]
    assert page(walker, price_min=100, price_max=200) == ["Pen"]
    whole = walker.expect(200, "GET", f"{ITEMS}?size=2").json()
    counts = {name: whole[name] for name in ("total", "page", "size", "pages")}
    assert counts == {"total": 3, "page": 1, "size": 2, "pages": 2}, f"the list counts {counts}"


def walk_one(walker: Walker, path: str) -> None:
    """Read, change and delete one item; only whoever knows its state may change it."""
    assert walker.expect(200, "GET", path).headers["etag"] == '"1"'
    assert walker.expect(304, "GET", path, if_none_match='"1"').content == b""
    walker.expect(428, "PATCH", path, {"price_cents": 2})
    walker.expect(412, "PATCH", path, {"price_cents": 2}, if_match='"7"')
    walker.expect(422, "PATCH", path, {"price_cents": "much"}, if_match='"1"')
    changed = walker.expect(200, "PATCH", path, {"price_cents": 2}, if_match='"1"')
    assert changed.headers["etag"] == '"2"', f"PATCH gave {changed.headers['etag']}"
    assert changed.json()["price_cents"] == 2, f"PATCH made {changed.json()}"
    walker.expect(428, "DELETE", path)
    walker.expect(412, "DELETE", path, if_match='"1"')
    walker.expect(204, "DELETE", path, if_match='"2"')
    walker.expect(404, "GET", path)
