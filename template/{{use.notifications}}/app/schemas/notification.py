"""Notifications as clients send and see them."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

from app.core.http.request_model import RequestModel
from app.schemas.page import Page, PageQuery
from app.schemas.text import NO_NUL

Recipient = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=NO_NUL)]
Kind = Annotated[str, StringConstraints(pattern="^[a-z][a-z0-9_.]{0,63}$")]
NoticeText = Annotated[str, StringConstraints(min_length=1, max_length=500, pattern=NO_NUL)]


class NotificationSend(RequestModel):
    """What somebody is told. ``recipient`` is the subject of whoever it is for."""

    recipient: Recipient
    kind: Kind
    text: NoticeText


class NotificationRead(BaseModel):
    """A notification, in a list and on a stream: the same ``id`` is the same notification."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    kind: str
    text: str
    created_at: datetime
    read_at: datetime | None


class NotificationQuery(PageQuery):
    """Which notifications; the newest first, unless asked for otherwise."""

    sort: Literal["created_at", "-created_at"] = "-created_at"
    unread: bool | None = None


class NotificationPage(Page[NotificationRead]):
    """One part of a list; ``unread`` counts all that were not read, whatever is asked for."""

    unread: int
