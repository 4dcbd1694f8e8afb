"""/notifications."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Query

from app.api.errors import problems
from app.core.errors import NotFoundError
from app.core.security.access import ForbiddenError, UnauthenticatedError
from app.dependencies.notifications import (
    REQUIRE_NOTIFICATIONS_READ,
    REQUIRE_NOTIFICATIONS_SEND,
    REQUIRE_NOTIFICATIONS_WRITE,
    NotificationServiceDep,
    NotifierDep,
)
from app.models.notification import Notification
from app.schemas.notification import (
    NotificationPage,
    NotificationQuery,
    NotificationRead,
    NotificationSend,
)
from app.services.notification import Inbox

router = APIRouter(
    prefix="/notifications",
    tags=["notifications"],
    responses=problems(UnauthenticatedError, ForbiddenError),
)

NotificationId = Annotated[int, Path(ge=1, le=2**63 - 1)]
UpTo = Annotated[
    int | None,
    Query(ge=1, le=2**63 - 1, description="The last one seen: what came later stays unread."),
]


@router.get(
    "",
    dependencies=[REQUIRE_NOTIFICATIONS_READ],
    response_model=NotificationPage,
    responses=problems(),
)
async def list_notifications(
    query: Annotated[NotificationQuery, Query()], notifications: NotificationServiceDep
) -> Inbox:
    """Read one page of what you were told."""
    return await notifications.list(query)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[REQUIRE_NOTIFICATIONS_SEND],
    response_model=NotificationRead,
    responses=problems(NotFoundError, reads_body=True),
)
async def send_notification(body: NotificationSend, notifier: NotifierDep) -> Notification:
    """Tell somebody something, also later when nobody listens now."""
    return await notifier.write(body)


@router.put(
    "/all/read",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[REQUIRE_NOTIFICATIONS_WRITE],
    responses=problems(),
)
async def mark_all_read(notifications: NotificationServiceDep, up_to: UpTo = None) -> None:
    """Mark all of your notifications as read."""
    await notifications.mark_all_read(up_to)


@router.get(
    "/{notification_id}",
    dependencies=[REQUIRE_NOTIFICATIONS_READ],
    response_model=NotificationRead,
    responses=problems(NotFoundError),
)
async def read_notification(
    notification_id: NotificationId, notifications: NotificationServiceDep
) -> Notification:
    """Read one of your notifications."""
    return await notifications.get(notification_id)


@router.put(
    "/{notification_id}/read",
    status_code=HTTPStatus.NO_CONTENT,
    dependencies=[REQUIRE_NOTIFICATIONS_WRITE],
    responses=problems(NotFoundError),
)
async def mark_read(notification_id: NotificationId, notifications: NotificationServiceDep) -> None:
    """Mark one of your notifications as read."""
    await notifications.mark_read(notification_id)
