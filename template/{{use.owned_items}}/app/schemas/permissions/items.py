"""What may be done with items."""

from app.schemas.permissions.base import ADMINISTRATORS, EVERYBODY, Permission


class ItemPermission(Permission):
    """Everybody may see their own."""

    WRITE = "items:write", "Add items, and change and remove one's own", EVERYBODY
    ALL = "items:all", "See everybody's items, and change them with items:write", ADMINISTRATORS
