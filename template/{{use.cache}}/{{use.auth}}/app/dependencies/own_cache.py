"""The cache of whoever asks."""

from dataclasses import replace
from typing import Annotated

from fastapi import Depends

from app.core.cache.cache import Cache
from app.dependencies.auth import CurrentPrincipal
from app.dependencies.cache import CacheDep


async def get_own_cache(cache: CacheDep, principal: CurrentPrincipal) -> Cache:
    """Keep answers that depend on who asks, and on what they may do."""
    permissions = ",".join(sorted(principal.permissions))
    return replace(cache, who=f"{principal.subject} {permissions}")


OwnCacheDep = Annotated[Cache, Depends(get_own_cache)]
