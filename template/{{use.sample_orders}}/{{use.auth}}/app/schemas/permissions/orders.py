"""What may be done with orders."""

from app.schemas.permissions.base import ADMINISTRATORS, EVERYBODY, Permission


class OrderPermission(Permission):
    """Everybody may order, and see what they have ordered."""

    READ = "orders:read", "See one's own orders", EVERYBODY
    WRITE = "orders:write", "Submit orders, and cancel one's own", EVERYBODY
    ALL = "orders:all", "See everybody's orders, and cancel them with orders:write", ADMINISTRATORS
