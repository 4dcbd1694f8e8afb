"""The notifications of whoever asks, and where a request hands in those for others."""

from typing import Annotated, Final

from fastapi import BackgroundTasks, Depends

from app.dependencies.auth import CurrentPrincipal, require
from app.dependencies.database import SessionDep
from app.dependencies.live import PublisherDep
from app.repositories.notification import NotificationRepository
from app.schemas.permissions.notifications import NotificationPermission
from app.services.notification import NotificationService
from app.services.notifier import Notifier


async def get_notification_service(
    session: SessionDep, principal: CurrentPrincipal
) -> NotificationService:
    """Put the layers together."""
    return NotificationService(NotificationRepository(session), principal.subject)


async def get_notifier(
    session: SessionDep, publisher: PublisherDep, background: BackgroundTasks
) -> Notifier:
    """Store notifications in the request's transaction; say them once the answer is sent."""
    notifier = Notifier(session, publisher)
    background.add_task(notifier.tell)
    return notifier


NotificationServiceDep = Annotated[NotificationService, Depends(get_notification_service)]
NotifierDep = Annotated[Notifier, Depends(get_notifier)]

REQUIRE_NOTIFICATIONS_READ: Final = require(NotificationPermission.READ)
REQUIRE_NOTIFICATIONS_WRITE: Final = require(NotificationPermission.WRITE)
REQUIRE_NOTIFICATIONS_SEND: Final = require(NotificationPermission.SEND)
