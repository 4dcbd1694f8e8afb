"""Notifications for tests."""

from typing import Final, TypedDict

from httpx2 import AsyncClient, Auth

from app.core.live.event import Event, Position
from app.core.live.window import Window
from tests.support.recipients import Recipient

NOTIFICATIONS: Final = "/api/v1/notifications"
READ: Final = f"{NOTIFICATIONS}/all/read"


class NotificationBody(TypedDict):
    """A notification, as the service shows it."""

    id: int
    kind: str
    text: str
    created_at: str
    read_at: str | None


class InboxBody(TypedDict):
    """A page of them."""

    items: list[NotificationBody]
    total: int
    unread: int


def written(recipient: Recipient, text: str = "Hello") -> dict[str, str]:
    """Write to somebody."""
    return {"recipient": recipient.subject, "kind": "greeting", "text": text}


async def send(client: AsyncClient, recipient: Recipient, *texts: str) -> list[NotificationBody]:
    """Have an administrator send somebody these texts, one after the other."""
    bodies = [written(recipient, text) for text in texts]
    answers = [await client.post(NOTIFICATIONS, json=body) for body in bodies]
    assert [each.status_code for each in answers] == [201] * len(texts)
    return [each.json() for each in answers]


async def inbox(client: AsyncClient, auth: Auth, query: str = "") -> InboxBody:
    """Read a page of somebody's."""
    response = await client.get(f"{NOTIFICATIONS}{query}", auth=auth)
    assert response.status_code == 200
    return response.json()


async def said(window: Window, since: Position) -> list[Event]:
    """Read what listeners were told."""
    return (await window.read(since)).events
