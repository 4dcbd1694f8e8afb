"""app.api.docs: the documentation, without another host."""

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256

import pytest
from httpx2 import AsyncClient

from app.config.settings import Settings
from app.main import create_app
from tests.support.client import running

PAGES = ["/docs", "/redoc"]


def links(page: str) -> list[str]:
    """List what a page loads."""
    return re.findall(r'(?:src|href|spec-url)="(.*?)"', page)


class TestPages:
    @pytest.mark.parametrize("path", PAGES)
    async def test_everything_is_here(self, client: AsyncClient, path: str) -> None:
        for link in links((await client.get(path)).text):
            assert link.startswith("/"), link
            assert (await client.get(link)).status_code == 200, link

    @pytest.mark.parametrize("path", PAGES)
    async def test_policy(self, client: AsyncClient, path: str) -> None:
        """No other host, and of the scripts in the page only those that are known."""
        response = await client.get(path)

        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "http" not in policy
        for script in re.findall(r"<script>(.*?)</script>", response.text, re.DOTALL):
            digest = b64encode(sha256(script.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in policy
        assert "'unsafe-inline'" not in policy.partition("script-src")[2]

    async def test_below_a_prefix(self, settings: Settings) -> None:
        http = settings.http.model_copy(update={"root_path": "/shop"})

        async with running(create_app(replace(settings, http=http))) as client:
            for path in PAGES:
                page = (await client.get(path)).text
                assert all(link.startswith("/shop/") for link in links(page))
                assert "/shop/openapi.json" in page
