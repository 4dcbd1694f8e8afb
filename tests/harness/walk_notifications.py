"""The walk through notifications: from one who sends to the list of who was told."""

from typing import Final

from tests.harness.walk import Walker

NOTIFICATIONS: Final = "/api/v1/notifications"
ME: Final = "/api/v1/me"


def walk_notifications(admin: Walker, anybody: Walker) -> None:
    """Whoever sends something to themselves finds it, reads it, and finds nothing unread."""
    anybody.expect(401, "GET", NOTIFICATIONS)
    anybody.expect(401, "POST", NOTIFICATIONS, {})
    body = {"recipient": admin.expect(200, "GET", ME).json()["subject"], "kind": "walk"}
    admin.expect(422, "POST", NOTIFICATIONS, body)
    sent = [
        admin.expect(201, "POST", NOTIFICATIONS, {**body, "text": text}).json()
        for text in ("one", "two", "three")
    ]
    assert listed(admin) == (sent[::-1], 3), f"{NOTIFICATIONS} has not what was sent: {sent}"
    admin.expect(204, "PUT", f"{NOTIFICATIONS}/{sent[0]['id']}/read")
    assert listed(admin, "?unread=true") == (sent[:0:-1], 2), "one was marked as read"
    for _ in range(2):
        admin.expect(204, "PUT", f"{NOTIFICATIONS}/all/read")
    assert listed(admin, "?unread=true") == ([], 0), "all were marked as read"
    admin.expect(404, "PUT", f"{NOTIFICATIONS}/987654321/read")
    anybody.expect(401, "PUT", f"{NOTIFICATIONS}/all/read")


def listed(walker: Walker, query: str = "") -> tuple[list[object], int]:
    """Read the first page, and how many are unread."""
    body = walker.expect(200, "GET", f"{NOTIFICATIONS}{query}").json()
    return body["items"], body["unread"]
