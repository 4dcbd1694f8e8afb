"""What may be done with keys."""

from app.schemas.permissions.base import ADMINISTRATORS, Permission


class KeyPermission(Permission):
    """Beyond one's own."""

    WRITE = "keys:write", "See all keys, make new ones and revoke them", ADMINISTRATORS
