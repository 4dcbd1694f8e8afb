"""What the routes take: a request that is wrong in every place must not be dear to refuse."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Final, TypeGuard, cast

from fastapi._compat import ModelField
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import BaseModel, TypeAdapter

from app.api import v1
from app.core.http.request_model import RequestModel

COLLECTIONS: Final = {"dict", "frozenset", "generator", "list", "set", "tuple"}

Schema = dict[str, object]


def taken() -> Iterator[tuple[str, Schema]]:
    """List what each route takes: every model and every collection, however deep."""
    routes = (each for router in v1.ROUTERS for each in router.routes)
    for route in (each for each in routes if isinstance(each, APIRoute)):
        for field in fields(route.dependant):
            info = field.field_info
            kind = cast("type[object]", Annotated[info.annotation, info])
            for node in nodes(TypeAdapter(kind).core_schema):
                yield f"{field.name} of {' '.join(route.methods or ())} {route.path}", node


def fields(dependant: Dependant) -> Iterator[ModelField]:
    """List the queries and bodies of a route, and of what it depends on."""
    yield from (*dependant.query_params, *dependant.body_params)
    for each in dependant.dependencies:
        yield from fields(each)


def nodes(part: object) -> Iterator[Schema]:
    """Walk through Pydantic's description of a type."""
    if is_schema(part):
        yield part
    for each in parts(part):
        yield from nodes(each)


def is_schema(part: object) -> TypeGuard[Schema]:
    """Whether it describes something, rather than being a list of such."""
    return isinstance(part, dict)


def parts(part: object) -> Iterable[object]:
    """List what a part consists of."""
    if is_schema(part):
        return part.values()
    return cast("list[object]", part) if isinstance(part, list | tuple) else ()


def is_dear(schema: Schema) -> bool:
    """Whether an error is made for each field that the model does not have."""
    model = cast("type[BaseModel]", schema["cls"])
    return model.model_config.get("extra") == "forbid" and not issubclass(model, RequestModel)


def is_endless(schema: Schema) -> bool:
    """Whether an error is made for each wrong element: only a list is measured beforehand."""
    is_short = schema["type"] == "list" and "max_length" in schema
    return not (is_short or schema.get("fail_fast"))


class TestTaken:
    def test_unknown_fields(self) -> None:
        dear = {
            f"{place}: what forbids extra fields has to be a RequestModel"
            for place, schema in taken()
            if schema.get("type") == "model" and is_dear(schema)
        }

        assert dear == set()

    def test_collections(self) -> None:
        endless = {
            f"{place}: a {schema['type']} needs FailFast() of Pydantic, or a list a max_length"
            for place, schema in taken()
            if schema.get("type") in COLLECTIONS and is_endless(schema)
        }

        assert endless == set()
