"""What may be done with items."""

from app.schemas.permissions.base import ADMINISTRATORS, Permission


class ItemPermission(Permission):
    """Everybody may see them."""

    WRITE = "items:write", "Add, change and remove items", ADMINISTRATORS
