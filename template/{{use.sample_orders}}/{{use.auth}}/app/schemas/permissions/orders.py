"""What may be done with orders."""

from app.schemas.permissions.base import EVERYBODY, Permission


class OrderPermission(Permission):
    """Of one's own orders; nobody sees those of others."""

    READ = "orders:read", "See one's own orders", EVERYBODY
    WRITE = "orders:write", "Submit orders, and cancel one's own", EVERYBODY
