"""Scopes: the permissions that a key carries."""

from collections.abc import Collection

from app.schemas.permissions.base import Permission, permissions


def permissions_in(scopes: Collection[str]) -> frozenset[Permission]:
    """Take scopes for permissions; one that the service has given up means nothing."""
    return frozenset(permission for permission in permissions() if permission in scopes)
