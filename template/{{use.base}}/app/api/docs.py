"""/docs and /redoc, with all that they need: a browser asks no other host for anything."""

import re
from base64 import b64encode
from hashlib import sha256
from typing import Final

from fastapi import FastAPI
from fastapi.openapi.docs import get_redoc_html, get_swagger_ui_html
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from starlette.requests import Request

from app.core.http.root_path import document_below

PACKAGE: Final = "fastapi_standalone_docs"
ASSETS: Final = "/docs/assets"
SCRIPT: Final = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
POLICY: Final = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
    " connect-src 'self'; font-src 'self' data:; img-src 'self' data:; worker-src blob:;"
    " style-src 'self' 'unsafe-inline'; script-src 'self'"
)


def add_docs(app: FastAPI, root_path: str) -> None:
    """Serve both pages, and the files of a package that carries them."""
    if root_path:
        app.openapi = document_below(app, root_path)
    app.mount(ASSETS, StaticFiles(packages=[(PACKAGE, "static")]))
    app.add_route("/docs", swagger_page, include_in_schema=False)
    app.add_route("/redoc", redoc_page, include_in_schema=False)
    app.mount("/redoc", StaticFiles(packages=[(PACKAGE, "static/redoc")]))  # its logo


async def swagger_page(request: Request) -> HTMLResponse:
    """Show the API, to try it."""
    root_path = request.scope.get("root_path", "")
    assets = f"{root_path}{ASSETS}"
    return guarded(
        get_swagger_ui_html(
            openapi_url=f"{root_path}/openapi.json",
            title=request.app.title,
            swagger_js_url=f"{assets}/swagger/swagger-ui-bundle.js",
            swagger_css_url=f"{assets}/swagger/swagger-ui.css",
            swagger_favicon_url=f"{assets}/fastapi/favicon.png",
        )
    )


async def redoc_page(request: Request) -> HTMLResponse:
    """Show the API, to read it."""
    root_path = request.scope.get("root_path", "")
    assets = f"{root_path}{ASSETS}"
    return guarded(
        get_redoc_html(
            openapi_url=f"{root_path}/openapi.json",
            title=request.app.title,
            redoc_js_url=f"{assets}/redoc/redoc.standalone.js",
            redoc_favicon_url=f"{assets}/fastapi/favicon.png",
            with_google_fonts=False,
        )
    )


def guarded(page: HTMLResponse) -> HTMLResponse:
    """Allow the scripts of this service, and those that stand in the page itself."""
    hashes = (b64encode(sha256(script).digest()).decode() for script in SCRIPT.findall(page.body))
    page.headers["Content-Security-Policy"] = POLICY + "".join(f" 'sha256-{x}'" for x in hashes)
    return page
