"""app.commands.orphans: what is left of uploads that were cut short."""

from collections.abc import MutableMapping
from pathlib import Path

from typer.testing import CliRunner

from app import cli
from app.core.files.store import FileStore


class TestOrphans:
    def test_named_and_removed(self, environment: MutableMapping[str, str], tmp_path: Path) -> None:
        environment["UPLOADS_DIR"] = str(tmp_path)
        coming, left = FileStore(tmp_path).draft(), tmp_path / f"{'a' * 32}.part"
        left.touch()
        (tmp_path / ("0" * 32)).touch()

        for arguments in ([], ["--remove"]):
            assert left.exists()
            result = CliRunner().invoke(cli.build(), ["orphans", *arguments])

            assert (result.exit_code, result.stdout) == (0, f"incomplete file: {left.name}\n")
        coming.close()
        assert len(list(tmp_path.iterdir())) == 2
