"""app.main: the application, put together."""

from collections.abc import MutableMapping
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx2 import AsyncClient
from uvicorn.importer import ImportFromStringError, import_from_string

from app.config.section import Environment
from app.config.settings import Settings
from app.main import create_app
from tests.support.client import running


class TestDocs:
    async def test_served(self, client: AsyncClient) -> None:
        assert (await client.get("/docs")).status_code == 200
        assert (await client.get("/redoc")).status_code == 200
        assert (await client.get("/openapi.json")).json()["info"]["version"]

    async def test_off_in_production(self, settings: Settings) -> None:
        production = settings.app.model_copy(update={"environment": Environment.PRODUCTION})

        async with running(create_app(replace(settings, app=production))) as client:
            assert (await client.get("/docs")).status_code == 404
            assert (await client.get("/redoc")).status_code == 404
            assert (await client.get("/openapi.json")).status_code == 404


class TestModule:
    def test_app(
        self,
        environment: MutableMapping[str, str],
        monkeypatch: pytest.MonkeyPatch,
        tmp_path: Path,
    ) -> None:
        """For ``uvicorn app.main:app``, as every tutorial has it."""
        monkeypatch.chdir(tmp_path)  # where no .env would be read into this process

        assert isinstance(import_from_string("app.main:app"), FastAPI)

    def test_anything_else(self) -> None:
        with pytest.raises(ImportFromStringError, match="nothing"):
            import_from_string("app.main:nothing")


class TestStart:
    async def test_settings_from_the_environment(
        self,
        environment: MutableMapping[str, str],
        monkeypatch: pytest.MonkeyPatch,
        tmp_path: Path,
    ) -> None:
        monkeypatch.chdir(tmp_path)
        (tmp_path / ".env").write_text("DOCS_ENABLED=false\n")

        async with running(create_app()) as client:
            assert (await client.get("/healthz")).status_code == 200
            assert (await client.get("/docs")).status_code == 404
