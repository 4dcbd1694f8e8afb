"""app.api.etag: conditional requests (RFC 9110, section 13)."""

import pytest

from app.api.etag import etag, is_known, require_match
from app.core.errors import PreconditionFailedError, PreconditionRequiredError


def test_etag() -> None:
    assert etag(7) == '"7"'


class TestRequireMatch:
    @pytest.mark.parametrize("header", ['"7"', "*", 'W/"7"', '"6", "7"', '"6",W/"7"'])
    def test_match(self, header: str) -> None:
        require_match(7, header)

    @pytest.mark.parametrize("header", ['"8"', 'W/"8"', '"6", "8"', "7", "", '"77"', '"7', "**"])
    def test_stale(self, header: str) -> None:
        with pytest.raises(PreconditionFailedError):
            require_match(7, header)

    def test_missing(self) -> None:
        with pytest.raises(PreconditionRequiredError):
            require_match(7, None)


class TestIsKnown:
    @pytest.mark.parametrize(
        ("header", "known"),
        [('"7"', True), ('W/"7"', True), ("*", True), ('"6", "7"', True), ('"6"', False)],
    )
    def test_tags(self, header: str, *, known: bool) -> None:
        assert is_known(7, header) is known

    def test_no_header(self) -> None:
        assert not is_known(7, None)
