"""What may be done with notifications."""

from app.schemas.permissions.base import ADMINISTRATORS, EVERYBODY, Permission


class NotificationPermission(Permission):
    """Everybody may read what they are told."""

    READ = "notifications:read", "See one's own notifications", EVERYBODY
    WRITE = "notifications:write", "Mark one's own notifications as read", EVERYBODY
    SEND = "notifications:send", "Notify others", ADMINISTRATORS
