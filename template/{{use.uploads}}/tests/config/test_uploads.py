"""app.config.uploads: what is taken, and where it is kept."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from app.config.uploads import UploadSettings


class TestSettings:
    def test_variables(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("UPLOADS_DIR", "/mnt/files")
        monkeypatch.setenv("UPLOAD_MAX_SIZE", "2048")
        monkeypatch.setenv("UPLOAD_TYPES", "image/png, text/plain")

        settings = UploadSettings.read()

        assert (settings.folder, settings.max_size) == (Path("/mnt/files"), 2048)
        assert settings.types == ("image/png", "text/plain")

    @pytest.mark.parametrize(
        ("variable", "value"),
        [
            ("UPLOAD_MAX_SIZE", "0"),
            ("UPLOAD_MAX_SIZE", "1073741825"),
            ("UPLOAD_MAX_FILES", "0"),
            ("UPLOAD_MAX_FILES", "101"),
        ],
    )
    def test_bounds(self, monkeypatch: pytest.MonkeyPatch, variable: str, value: str) -> None:
        monkeypatch.setenv(variable, value)

        with pytest.raises(ValidationError):
            UploadSettings.read()
