"""app.core.http.host."""

import pytest

from app.core.http.host import is_host


@pytest.mark.parametrize(
    "value",
    ["example.com", "example.com:8000", "a_b-c.d", "127.0.0.1", "[::1]", "[::1]:8000", "%41", ""],
)
def test_a_host(value: str) -> None:
    assert is_host(value.encode())


@pytest.mark.parametrize(
    "value",
    [
        "a b",
        "a/b",
        "a@b",
        "a?b",
        "a#b",
        "a:b",
        "a:1:2",
        "a:123456",
        "a\\b",
        "<a>",
        "%4",
        "\xe4",
        "[::1",
        "::1",
        "[1::2::3]",
        "[a]",
        "a\n",
    ],
)
def test_no_host(value: str) -> None:
    assert not is_host(value.encode("latin-1"))
