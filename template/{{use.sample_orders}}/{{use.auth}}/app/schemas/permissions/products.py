"""What may be done with products."""

from app.schemas.permissions.base import ADMINISTRATORS, Permission


class ProductPermission(Permission):
    """Everybody may see them."""

    WRITE = "products:write", "Add and change products", ADMINISTRATORS
