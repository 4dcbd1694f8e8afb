"""The walk through what belongs to somebody: the sample ``items`` of a service with users."""

from tests.harness.walk import Walker
from tests.harness.walk_items import ITEMS, create, page


def walk_owned_items(admin: Walker, other: Walker) -> None:
    """Somebody else's are not there, whatever is asked; an administrator sees all."""
    theirs = walk_hidden(admin, other)
    own = create(other, theirs["name"], 1)
    other.expect(409, "POST", ITEMS, {"name": theirs["name"], "price_cents": 1})
    assert page(other) == [theirs["name"]]
    assert page(admin).count(theirs["name"]) == 2
    changed = admin.expect(200, "PATCH", own, {"price_cents": 2}, if_match='"1"').json()
    assert changed["owner_id"] != theirs["owner_id"], f"an administrator took over {changed}"
    assert other.expect(200, "GET", own).json() == changed
    other.expect(204, "DELETE", own, if_match='"2"')


def walk_hidden(admin: Walker, other: Walker) -> dict[str, str]:
    """Look for an item of the administrator's, and give it."""
    theirs: dict[str, str] = admin.expect(200, "GET", f"{ITEMS}?size=1").json()["items"][0]
    path = f"{ITEMS}/{theirs['id']}"
    assert page(other) == []
    other.expect(404, "GET", path)
    for method, body in (("PATCH", {"price_cents": 2}), ("DELETE", None)):
        for known in ({}, {"if_match": "*"}, {"if_match": '"7"'}):
            other.expect(404, method, path, body, **known)
    return theirs
