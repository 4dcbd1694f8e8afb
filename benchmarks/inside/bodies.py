"""Send the generated service bodies that are dear to refuse, in process; print what each costs.

The answer is a JSON list of `{"shape": ..., "path": ..., "status": ..., "bytes": ...,
"answer": ..., "parse_ms": ..., "cost_ms": ...}`: the least processor time of some rounds, for a
request less what one with an empty body takes.
"""

import asyncio
import importlib
import json
import sys
import time
from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import unquote_plus

from loop import Asgi, Lifespan, Message, Request, Response, request_scope, take_standard_output

LIMIT = 1_048_576
VALUES = 100_000
ROUNDS = 5
ITEMS = "/api/v1/items"
LOGIN = "/api/v1/auth/login"
FORM = "application/x-www-form-urlencoded"


def repeated(element: str, separator: str = ",") -> str:
    """Write an element as often as there is room."""
    return separator.join([element] * ((LIMIT - 100) // len(element + separator)))


def listed(element: str, values: int = 1) -> str:
    """Make a list of an element that has so many values, as long as one may be."""
    most = min((LIMIT - 100) // (len(element) + 1), VALUES // values)
    return f"[{','.join([element] * most)}]"


def named(value: str) -> str:
    """Make an item of a name."""
    return f'{{"name": {value}}}'


SHAPES: dict[str, str] = {
    "80,000 unknown fields": json.dumps({f"{n:x}": 1 for n in range(80_000)}),
    "as many as there may be": json.dumps({f"{n:x}": 1 for n in range(VALUES)}),
    "a wide list": listed("1"),
    "a wide list as a name": named(listed("1")),
    "lists in a list": listed("[]", 2),
    "objects in a list": listed("{}", 2),
    "short texts in a list": listed('""'),
    "62 levels, often": listed("[" * 62 + "]" * 62, 63),
    "62 levels of objects, often": listed('{"":' * 62 + "1" + "}" * 62, 63),
    "more lists than may be": f"[{repeated('[]')}]",
    "more texts than may be": "[" + repeated('""') + "]",
    "deeper than may be": "[" * (LIMIT // 2) + "]" * (LIMIT // 2),
    "brackets in a text": named(f'"{"[" * (LIMIT - 100)}"'),
    "commas in a text": named(f'"{"," * (LIMIT - 100)}"'),
    "escaped quotes and commas": named('"' + repeated('\\"') + '"'),
    "a long text": named(f'"{"a" * (LIMIT - 100)}"'),
    "blanks": named(f'"{" " * (LIMIT - 100)}"'),
    "escapes": named('"' + repeated("\\u00e9", "") + '"'),
    "a long name": f'{{"{"a" * (LIMIT - 100)}": 1}}',
    "long names": json.dumps({f"{n:04}" + "a" * 10_000: 1 for n in range(100)}),
    "4300 digits": f'{{"price_cents": {"9" * 4300}}}',
    "numbers of 4300 digits": listed("9" * 4300),
    "a long fraction": f'{{"price_cents": 1.{"1" * (LIMIT - 100)}}}',
    "fractions of 4000 digits": listed("1." + "1" * 4000),
    "a long exponent": f'{{"price_cents": 1e{"9" * (LIMIT - 100)}}}',
}
FORMS: dict[str, str] = {
    "a form of 1000 fields": "&".join(f"f{n}={'a' * 1000}" for n in range(1000)),
    "a form of too many fields": repeated("a=1", "&"),
    "a form of empty fields": "&" * (LIMIT - 100),
    "a long field": f"username={'a' * (LIMIT - 100)}",
    "a long field of escapes": f"username={'%41' * (LIMIT // 3 - 100)}",
}


def least(work: Callable[[], object]) -> float:
    """Take the least processor time of some rounds, in milliseconds."""
    times: list[float] = []
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return min(times) * 1000


def parse_json(body: bytes) -> Callable[[], object]:
    """Parse as Starlette does, as far as that goes."""

    def parse() -> object:
        try:
            return json.loads(body)
        except RecursionError:
            return None

    return parse


def parse_form(body: bytes) -> Callable[[], object]:
    """Parse as Starlette does: by its library, which also finds the parts, and then each part."""
    multipart: Any = importlib.import_module("python_multipart")

    def parse() -> object:
        parser = multipart.QuerystringParser({})
        parser.write(body)
        parser.finalize()
        return [unquote_plus(part.decode("latin-1")) for part in body.split(b"&") if part]

    return parse


async def post(app: Asgi, state: dict[str, object], path: str, kind: str, body: bytes) -> Response:
    """Make one request, in a task of its own like uvicorn."""
    scope = request_scope(Request(path), b"", state)
    scope["method"] = "POST"
    length = str(len(body)).encode()
    scope["headers"] += [(b"content-type", kind.encode()), (b"content-length", length)]

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    response = Response()
    await asyncio.create_task(app(scope, receive, response.send))
    return response


async def cost(request: Callable[[], Coroutine[Any, Any, Response]]) -> tuple[float, Response]:
    """Take the least processor time of some requests, in milliseconds."""
    times: list[float] = []
    response = Response()
    for _ in range(ROUNDS):
        began = time.process_time()
        response = await request()
        times.append(time.process_time() - began)
    return min(times) * 1000, response


async def measure(app: Asgi) -> list[dict[str, object]]:
    """Send every shape."""
    lifespan = Lifespan(app)
    await lifespan.start()
    found: list[dict[str, object]] = []
    for path, kind, shapes, parser in (
        (ITEMS, "application/json", SHAPES, parse_json),
        (LOGIN, FORM, FORMS, parse_form),
    ):
        empty, _ = await cost(lambda: post(app, lifespan.state, path, kind, b"{}"))  # noqa: B023
        for shape, text in shapes.items():
            body = text.encode()
            taken, response = await cost(lambda: post(app, lifespan.state, path, kind, body))  # noqa: B023
            found.append(
                {
                    "shape": shape,
                    "path": path,
                    "status": response.status,
                    "bytes": len(body),
                    "answer": response.size,
                    "parse_ms": least(parser(body)),
                    "cost_ms": taken - empty,
                }
            )
    await lifespan.ask("shutdown")
    return found


def main() -> None:
    """Put the app together, with somebody who may do everything."""
    sys.path.insert(0, "")
    answers = take_standard_output()
    app: Any = importlib.import_module("app.main").create_app()
    permissions: Any = importlib.import_module("app.schemas.permissions.base").permissions
    principal: Any = importlib.import_module("app.schemas.principal").Principal
    provider: Any = importlib.import_module("app.dependencies.principal").get_principal
    app.dependency_overrides[provider] = lambda: principal("1", frozenset(permissions()))
    print(json.dumps(asyncio.run(measure(app))), file=answers)


if __name__ == "__main__":
    main()
