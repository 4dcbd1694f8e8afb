"""Who asks, and what a route requires of them."""

from typing import Annotated

from fastapi import Depends, Security, params
from fastapi.security import SecurityScopes

from app.core.security.access import ForbiddenError
from app.dependencies.principal import credentials, get_principal
from app.schemas.permissions.base import Permission
from app.schemas.principal import Principal


async def authorize(
    principal: Annotated[Principal, Depends(get_principal)],
    needed: SecurityScopes,
    _: Annotated[object, Depends(credentials)],
) -> Principal:
    """Refuse whoever lacks one of the permissions (OWASP API5:2023)."""
    missing = set(needed.scopes) - principal.permissions
    if missing:
        raise ForbiddenError(f"This needs the permission {', '.join(sorted(missing))}.")
    return principal


def require(*permissions: Permission) -> params.Security:
    """Require a principal with all of these permissions; without any, just a principal."""
    return Security(authorize, scopes=[permission.value for permission in permissions])


CurrentPrincipal = Annotated[Principal, require()]
