"""The routes of the API, and the order in which a request tries them."""

from collections.abc import Callable, Iterable, Iterator
from inspect import isasyncgenfunction, iscoroutinefunction
from itertools import combinations
from types import FunctionType

from fastapi import APIRouter
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.routing import BaseRoute

from app.api import v1
from app.core.modules import modules
from tests.support.findings import expect_none


def routes_of(routers: Iterable[APIRouter]) -> Iterator[BaseRoute]:
    """List the routes of routers, and of those that these include."""
    for router in routers:
        yield from (context.original_route for context in iter_route_contexts(router.routes))


class TestFound:
    def test_every_router(self) -> None:
        """The one of a module is its `router`."""
        served = {id(route) for route in routes_of(v1.ROUTERS)}

        expect_none(
            f"{name} of {module.__name__} is not served: call it `router`, in a module of "
            "app/api/v1/"
            for module in modules("app")
            for name, value in vars(module).items()
            if isinstance(value, APIRouter)
            and any(id(route) not in served for route in routes_of([value]))
        )


class TestLoop:
    def test_no_endpoint_is_a_plain_function(self) -> None:
        """It would run in a thread that nobody counts; ruff finds what blocks in an `async def`."""
        called = {
            call
            for each in routes_of(v1.ROUTERS)
            if isinstance(each, APIRoute)
            for call in calls(each.dependant)
            if call.__module__.startswith("app.")
        }

        expect_none(
            f"{each.__module__}.{each.__qualname__} is called in a thread: make it an `async def`"
            for each in called
            if blocks(each)
        )


class TestOrder:
    def test_none_hides_another(self) -> None:
        """What is fixed, such as /things/latest, has to come before /things/{thing_id}."""
        routes = [each for router in v1.ROUTERS for each in router.routes]
        pairs = combinations((each for each in routes if isinstance(each, APIRoute)), 2)

        assert [f"{one.path} hides {two.path}" for one, two in pairs if hides(one, two)] == []


def hides(one: APIRoute, two: APIRoute) -> bool:
    """Whether the first takes what was meant for the second."""
    methods = {*(one.methods or ())} & {*(two.methods or ())}
    return bool(methods and one.path_regex.match(two.path))


def calls(dependant: Dependant) -> Iterator[FunctionType]:
    """List an endpoint and the functions that it depends on."""
    if isinstance(dependant.call, FunctionType):
        yield dependant.call
    for each in dependant.dependencies:
        yield from calls(each)


def blocks(call: Callable[..., object]) -> bool:
    """Whether it is called in a thread."""
    return not (iscoroutinefunction(call) or isasyncgenfunction(call))
