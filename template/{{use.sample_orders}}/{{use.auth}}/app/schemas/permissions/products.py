"""What may be done with products."""

from app.schemas.permissions.base import Permission


class ProductPermission(Permission):
    """Everybody may see them."""

    WRITE = "products:write", "Add and change products"
