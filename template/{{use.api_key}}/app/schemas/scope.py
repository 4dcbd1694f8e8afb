"""Scopes: the permissions that a key carries."""

from collections.abc import Collection

from app.schemas.permission import Permission


def permissions_in(scopes: Collection[str]) -> frozenset[Permission]:
    """Take scopes for permissions; one that the service has given up means nothing."""
    return frozenset(permission for permission in Permission if permission in scopes)
