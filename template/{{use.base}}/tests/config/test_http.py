"""app.config.http: what can be written in more than one way."""

import pytest
from pydantic import ValidationError

from app.config.http import HttpSettings


class TestOrigins:
    @pytest.mark.parametrize(
        ("text", "origins"),
        [
            ("https://app.example.com", ("https://app.example.com",)),
            (
                "https://app.example.com, http://localhost:3000",
                ("https://app.example.com", "http://localhost:3000"),
            ),
            ('["https://app.example.com"]', ("https://app.example.com",)),
            ("https://app.example.com/", ("https://app.example.com",)),
            ("HTTPS://App.Example.com:443", ("https://app.example.com",)),
            ("http://localhost:80", ("http://localhost",)),
            ("http://[::1]:3000", ("http://[::1]:3000",)),
            ("*", ("*",)),
            ("[]", ()),
        ],
    )
    def test_read(
        self, monkeypatch: pytest.MonkeyPatch, text: str, origins: tuple[str, ...]
    ) -> None:
        monkeypatch.setenv("CORS_ORIGINS", text)

        assert HttpSettings.read().cors_origins == origins

    @pytest.mark.parametrize(
        "text",
        [
            "app.example.com",
            "https://*.example.com",
            "https://app.example.com/path",
            "https://user@app.example.com",
            "https://app.example.com https://other.example.com",
            '["https://app.example.com"',
            "[1]",
        ],
    )
    def test_refused(self, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
        """None of them would ever match what a browser sends."""
        monkeypatch.setenv("CORS_ORIGINS", text)

        with pytest.raises(ValidationError):
            HttpSettings.read()


class TestRootPath:
    @pytest.mark.parametrize(
        ("text", "path"), [("", ""), ("/", ""), ("/shop", "/shop"), ("/shop/v2/", "/shop/v2")]
    )
    def test_read(self, monkeypatch: pytest.MonkeyPatch, text: str, path: str) -> None:
        monkeypatch.setenv("ROOT_PATH", text)

        assert HttpSettings.read().root_path == path

    @pytest.mark.parametrize("text", ["shop", "//evil.example", "/a//b", "/a?b", "/api", "/docs/x"])
    def test_refused(self, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
        monkeypatch.setenv("ROOT_PATH", text)

        with pytest.raises(ValidationError):
            HttpSettings.read()
