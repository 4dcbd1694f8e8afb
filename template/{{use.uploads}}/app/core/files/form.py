"""multipart/form-data, as it comes in (RFC 7578)."""

from collections.abc import AsyncIterable, AsyncIterator
from dataclasses import dataclass
from typing import Final

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from app.core.files.errors import IncompleteUploadError, UnsupportedUploadError

MOST_PARTS: Final = 200
LONGEST_HEADER: Final = 16_384
"""Bytes; a file's name is in one."""


@dataclass(frozen=True, slots=True)
class Part:
    """The start of a field of the form. ``filename`` is what the client says, or nothing."""

    field: str
    filename: str


class Reader:
    """What the parser has found since it was last asked."""

    def __init__(self, boundary: bytes) -> None:
        self.found: list[Part | bytes] = []
        self.is_complete = False
        self.parts = 0
        self._name = b""
        self._value = b""
        self._disposition = b""
        self.parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self.begin,
                "on_header_field": self.read_name,
                "on_header_value": self.read_value,
                "on_header_end": self.end_header,
                "on_headers_finished": self.end_headers,
                "on_part_data": self.read_data,
                "on_end": self.complete,
            },
            max_header_size=LONGEST_HEADER,
        )

    def begin(self) -> None:
        """Count the parts: each costs more than its bytes."""
        self._disposition = b""
        self.parts += 1
        if self.parts > MOST_PARTS:
            raise IncompleteUploadError(f"A form may have at most {MOST_PARTS} fields.")

    def read_name(self, data: bytes, start: int, end: int) -> None:
        """Take a piece of a header's name."""
        self._name += data[start:end]

    def read_value(self, data: bytes, start: int, end: int) -> None:
        """Take a piece of a header's value."""
        self._value += data[start:end]

    def end_header(self) -> None:
        """Keep the one that counts: the type is told by the content."""
        if self._name.lower() == b"content-disposition":
            self._disposition = self._value
        self._name = self._value = b""

    def end_headers(self) -> None:
        """Name the field."""
        _, options = parse_options_header(self._disposition)
        field, filename = options.get(b"name", b""), options.get(b"filename", b"")
        self.found.append(Part(field.decode(errors="replace"), filename.decode(errors="replace")))

    def read_data(self, data: bytes, start: int, end: int) -> None:
        """Take a piece of the field."""
        self.found.append(data[start:end])

    def complete(self) -> None:
        """The last boundary was there."""
        self.is_complete = True

    def read(self, chunk: bytes) -> list[Part | bytes]:
        """Hand out what is in one more piece of the body."""
        self.parser.write(chunk)
        found, self.found = self.found, []
        return found

    def end(self) -> None:
        """Refuse a body without its last boundary."""
        if not self.is_complete:
            raise IncompleteUploadError("The form ends too early.")


async def read_form(content_type: str, chunks: AsyncIterable[bytes]) -> AsyncIterator[Part | bytes]:
    """Give the start of each field and then its bytes, piece by piece.

    Raises UnsupportedUploadError for what is no form, IncompleteUploadError for a broken one.
    """
    boundary = boundary_of(content_type)
    try:
        reader = Reader(boundary)
        async for chunk in chunks:
            for each in reader.read(chunk):
                yield each
    except FormParserError as error:
        raise IncompleteUploadError("The form cannot be read.") from error
    reader.end()


def boundary_of(content_type: str) -> bytes:
    """Find what stands between the fields of a form."""
    kind, options = parse_options_header(content_type)
    if kind != b"multipart/form-data" or not options.get(b"boundary"):
        raise UnsupportedUploadError("Send the files as multipart/form-data.")
    return options[b"boundary"]
