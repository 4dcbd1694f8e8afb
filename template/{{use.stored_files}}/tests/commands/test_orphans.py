"""app.commands.orphans: what is left of uploads and deletions that were cut short."""

from collections.abc import MutableMapping
from pathlib import Path

import pytest
from anyio.to_thread import run_sync
from typer.testing import CliRunner

from app import cli


@pytest.mark.usefixtures("database")
class TestOrphans:
    async def test_named_and_removed(
        self, environment: MutableMapping[str, str], tmp_path: Path
    ) -> None:
        environment["UPLOADS_DIR"] = str(tmp_path)
        left = tmp_path / ("0" * 32)
        left.touch()

        for arguments in ([], ["--remove"]):
            assert left.exists()
            result = await run_sync(CliRunner().invoke, cli.build(), ["orphans", *arguments])

            assert result.stdout == f"file without a row: {left.name}\n"
            assert result.exit_code == 0
        assert not left.exists()
