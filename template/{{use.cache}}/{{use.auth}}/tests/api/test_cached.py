"""What is kept for everybody is the same for everybody."""

from collections.abc import Iterable, Iterator
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts

from app.api import v1
from app.core.cache.cache import Cache
from app.dependencies.auth import CurrentPrincipal, require
from app.dependencies.cache import CacheDep, get_cache
from app.dependencies.own_cache import OwnCacheDep, get_own_cache
from app.dependencies.principal import get_principal
from tests.support.findings import expect_none


def given(node: Dependant) -> list[Dependant]:
    """List what a function is given; of a rule of the route it is given nothing."""
    return [each for each in node.dependencies if each.name is not None]


def knows_who(node: Dependant) -> bool:
    """Tell whether an answer can depend on who asks."""
    return node.call is get_principal or any(map(knows_who, given(node)))


def forgetful(node: Dependant) -> Iterator[str]:
    """Find what keeps for everybody, and knows who asks."""
    if node.call is not get_own_cache:
        takes_cache = any(each.call is get_cache for each in given(node))
        if takes_cache and knows_who(node):
            yield getattr(node.call, "__qualname__", str(node.call))
        for each in node.dependencies:
            yield from forgetful(each)


def forgets_who(routers: Iterable[APIRouter]) -> set[str]:
    """Find it in all routes."""
    routes = (
        context.original_route
        for router in routers
        for context in iter_route_contexts(router.routes)
    )
    return {
        name
        for route in routes
        if isinstance(route, APIRoute)
        for name in forgetful(route.dependant)
    }


class TestWhoAsks:
    def test_is_not_forgotten(self) -> None:
        expect_none(
            f"{name} takes CacheDep and knows who asks, who would all be given the answer to the "
            "first: take OwnCacheDep, or leave who asks to whoever is given the answer"
            for name in sorted(forgets_who(v1.ROUTERS))
        )

    def test_is_noticed(self) -> None:
        router = APIRouter(dependencies=[require()])

        async def get_things(cache: CacheDep) -> Cache:
            return cache

        async def get_own_things(cache: CacheDep, principal: CurrentPrincipal) -> str:
            return f"{cache} {principal}"

        @router.get("/route")
        async def forgetful_route(cache: CacheDep, principal: CurrentPrincipal) -> str:
            return f"{cache} {principal}"

        @router.get("/provider")
        async def forgetful_provider(things: Annotated[str, Depends(get_own_things)]) -> str:
            return things

        @router.get("/right")
        async def right(
            things: Annotated[Cache, Depends(get_things)],
            own: OwnCacheDep,
            principal: CurrentPrincipal,
        ) -> str:
            return f"{things} {own} {principal}"

        found = forgets_who([router])

        assert {name.rpartition(".")[2] for name in found} == {"forgetful_route", "get_own_things"}
