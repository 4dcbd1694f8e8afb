"""app.core.files.kind: what a file is."""

import pytest

from app.core.files.kind import HEAD, content_type_of
from tests.support.files import PNG


class TestContentType:
    @pytest.mark.parametrize(
        ("start", "kind"),
        [
            (PNG, "image/png"),
            (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "image/jpeg"),
            (b"GIF89a\1\0\1\0", "image/gif"),
            (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
            (b"%PDF-1.7\n", "application/pdf"),
            (b"<html><script>", "text/html"),
            (b"BMW builds cars.", "text/plain"),
            (b"", "text/plain"),
            (b"x" * (HEAD - 1) + "ä".encode(), "text/plain"),
            (b"a\0b", "application/octet-stream"),
            (b"\xff\xfe\xfd", "application/octet-stream"),
        ],
    )
    def test_by_content(self, start: bytes, kind: str) -> None:
        assert content_type_of(start) == kind
