"""app.services.preparation: one way to write a text."""

import pytest

from app.services.preparation import UnfitInputError, prepared


class TestPrepared:
    @pytest.mark.parametrize(
        ("raw", "text"),
        [
            ("one", "one"),
            (b"\xef\xbb\xbfone", "one"),
            (" one \t two \n three ", "one two \n three"),
            ("a\u0308", "ä"),
            ("one\r\ntwo\x00\x1b", "one\ntwo"),
        ],
    )
    def test_text(self, raw: str | bytes, text: str) -> None:
        assert prepared(raw, 100) == text

    @pytest.mark.parametrize("raw", ["", " \n", b"\xff", "\ud800", "\x00", "a" * 11])
    def test_none(self, raw: str | bytes) -> None:
        with pytest.raises(UnfitInputError):
            prepared(raw, 10)
