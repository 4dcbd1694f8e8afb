"""python -m app.cli: create-key, list-keys and revoke-key."""

from pathlib import Path

import pytest
from httpx2 import AsyncClient
from typer.testing import CliRunner

from app import cli
from app.commands.list_keys import read_all, standing
from app.commands.revoke_key import revoke
from app.core.errors import NotFoundError
from tests.support.command import command
from tests.support.keys import ask


@pytest.fixture(autouse=True)
def _elsewhere(
    environment: object,  # noqa: ARG001 - what a command sets ends with the test
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Run the commands where there is no ``.env``."""
    monkeypatch.chdir(tmp_path)


class TestCreateKey:
    async def test_from_its_first_day_to_its_last(
        self, live_client: AsyncClient, tmp_path: Path
    ) -> None:
        options = ("--subject", "billing", "--scope", "keys:write")
        made = await command(tmp_path, "create-key", "Reports", *options)
        key = made.stdout.strip()
        prefix = key.split("_")[1]
        known = await ask(live_client, key)
        listed = await command(tmp_path, "list-keys")
        revoked = await command(tmp_path, "revoke-key", prefix)

        assert (made.returncode, made.stderr, made.stdout) == (0, "", f"{key}\n")
        assert known.json() == {"subject": "billing", "permissions": ["keys:write"]}
        assert listed.stdout.startswith(f"{prefix}\tbilling\tReports\tkeys:write\texpires 2")
        assert key not in listed.stdout
        assert revoked.stdout == f"The key {prefix} opens nothing any more.\n"
        assert (await ask(live_client, key)).status_code == 401
        assert [standing(each)[:9] for each in await read_all()] == ["revoked 2"]

    async def test_everything_for_ever(self, live_client: AsyncClient, tmp_path: Path) -> None:
        options = ("--subject", "a", "--all-scopes", "--expires-days", "0")
        made = await command(tmp_path, "create-key", "Reports", *options)

        assert "keys:write" in (await ask(live_client, made.stdout.strip())).json()["permissions"]
        assert [standing(each) for each in await read_all()] == ["never expires"]

    @pytest.mark.parametrize(
        "arguments",
        [
            ["Reports"],
            ["Reports", "--subject", " "],
            ["x" * 101, "--subject", "a"],
            ["Reports", "--subject", "a", "--scope", "no:such"],
            ["Reports", "--subject", "a", "--expires-days", "-1"],
        ],
    )
    def test_wrong(self, arguments: list[str]) -> None:
        result = CliRunner().invoke(cli.build(), ["create-key", *arguments])

        assert (result.exit_code, result.stdout) == (2, "")
        assert "Error" in result.stderr


class TestRevokeKey:
    async def test_unknown(self) -> None:
        with pytest.raises(NotFoundError):
            await revoke("0123456789ab")
