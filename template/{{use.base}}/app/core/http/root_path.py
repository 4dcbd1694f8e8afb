"""A service below a prefix of its host, such as https://example.com/shop."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final, cast

from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

URLS: Final = {"tokenUrl", "refreshUrl", "authorizationUrl"}

Scheme = Mapping[str, Mapping[str, dict[str, str]]]


class RootPathMiddleware:
    """Tell the framework of the prefix, whether the proxy takes it off or leaves it on.

    ASGI's ``path`` has the ``root_path`` in front.
    """

    def __init__(self, app: ASGIApp, root_path: str) -> None:
        self.app = app
        self.root_path = root_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Put the prefix in front of a path that lacks it."""
        if scope["type"] in ("http", "websocket"):
            path: str = scope["path"]
            if not f"{path}/".startswith(f"{self.root_path}/"):
                path = self.root_path + path
            scope = {**scope, "path": path, "root_path": self.root_path}
        await self.app(scope, receive, send)


def document_below(app: FastAPI, root_path: str) -> Callable[[], dict[str, object]]:
    """Have the documentation say where tokens are got; ``servers`` FastAPI fills in itself."""
    generate = app.openapi

    def openapi() -> dict[str, object]:
        document: dict[str, object] = generate()
        for flow in flows(document):
            for name in URLS & flow.keys():
                flow[name] = below(root_path, flow[name])
        return document

    return openapi


def flows(document: Mapping[str, object]) -> Iterator[dict[str, str]]:
    """List the ways in which schemes give tokens."""
    components = cast("Mapping[str, Mapping[str, Scheme]]", document.get("components", {}))
    for scheme in components.get("securitySchemes", {}).values():
        yield from scheme.get("flows", {}).values()


def below(root_path: str, url: str) -> str:
    """Put the prefix in front of a path of the service's own that lacks it."""
    is_bare = url.startswith("/") and not url.startswith(f"{root_path}/")
    return root_path + url if is_bare else url
