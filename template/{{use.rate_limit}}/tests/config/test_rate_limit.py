"""app.config.rate_limit: how much one caller may ask for."""

from collections.abc import MutableMapping
from pathlib import Path

import pytest

from app.config.rate_limit import RateLimitSettings, Window
from app.config.settings import SettingsError, load_section


class TestDefault:
    @pytest.mark.parametrize(
        ("text", "windows"),
        [
            ("", (Window(300, 60),)),
            ("5/second", (Window(5, 1),)),
            ("20/10 minutes", (Window(20, 600),)),
            ("20 per 2 hours", (Window(20, 7200),)),
            ("10/second;300/minute,9/day", (Window(10, 1), Window(300, 60), Window(9, 86400))),
        ],
    )
    def test_windows(
        self, environment: MutableMapping[str, str], text: str, windows: tuple[Window, ...]
    ) -> None:
        environment["RATE_LIMIT_DEFAULT"] = text

        assert RateLimitSettings.read().default == windows

    @pytest.mark.parametrize(
        "text",
        [
            "300",
            "300/minut",
            "-1/minute",
            "0/minute",
            "many",
            "10/second;60/minute;100/60 seconds",
            "10/second;",
            f"{10**12}/minute",
            "1/second;1/minute;1/hour;1/day;1/month",
        ],
    )
    def test_a_typo_ends_the_start_in_one_sentence(
        self, environment: MutableMapping[str, str], tmp_path: Path, text: str
    ) -> None:
        environment["RATE_LIMIT_DEFAULT"] = text

        with pytest.raises(SettingsError) as ended:
            load_section(RateLimitSettings, tmp_path / ".env")

        sentence = str(ended.value)
        assert sentence.startswith("Wrong setting RATE_LIMIT_DEFAULT: ")
        assert sentence.count("\n") == 0
