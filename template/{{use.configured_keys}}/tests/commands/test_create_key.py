"""python -m app.cli create-key."""

from collections.abc import MutableMapping

import pytest
from httpx2 import AsyncClient
from typer.testing import CliRunner, Result

from app import cli
from app.config.api_keys import ApiKeySettings
from app.config.settings import Settings
from app.core.security.keys import parse_key
from app.main import create_app
from tests.support.client import running


def run(*arguments: str) -> Result:
    """Call it as its user does."""
    return CliRunner().invoke(cli.build(), ["create-key", *arguments])


def printed(result: Result) -> tuple[str, str]:
    """Find the key and the setting."""
    lines = result.stdout.splitlines()
    setting = next(line for line in lines if line.startswith("API_KEYS="))
    return next(line for line in lines if line.startswith("ak_")), setting.removeprefix("API_KEYS=")


@pytest.mark.usefixtures("environment")
class TestCreateKey:
    async def test_opens_the_service(self, environment: MutableMapping[str, str]) -> None:
        key, environment["API_KEYS"] = printed(run("reports", "--all-scopes"))

        async with running(create_app(Settings())) as client:
            response = await show(client, key)

        assert response == (200, "reports")

    def test_the_setting_holds_no_key(self, environment: MutableMapping[str, str]) -> None:
        key, environment["API_KEYS"] = printed(run("reports"))

        assert parse_key(key).secret not in environment["API_KEYS"]
        assert ApiKeySettings().keys[0].scopes == frozenset()

    def test_never_the_same(self) -> None:
        assert printed(run("reports")) != printed(run("reports"))

    @pytest.mark.parametrize("arguments", [["a b"], ["a:b"], [""], ["a", "--scope", "no:such"]])
    def test_wrong(self, arguments: list[str]) -> None:
        result = run(*arguments)

        assert result.exit_code == 2
        assert "ak_" not in result.output


async def show(client: AsyncClient, key: str) -> tuple[int, str]:
    """Ask who the key's owner is."""
    response = await client.get("/api/v1/me", auth=None, headers={"X-API-Key": key})
    return response.status_code, response.json()["subject"]
