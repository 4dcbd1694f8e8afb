"""What may be done with users."""

from app.schemas.permissions.base import ADMINISTRATORS, Permission


class UserPermission(Permission):
    """Beyond one's own account."""

    READ = "users:read", "See all users", ADMINISTRATORS
    WRITE = "users:write", "Change the roles of users, and deactivate them", ADMINISTRATORS
