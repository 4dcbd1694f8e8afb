"""What the documents say, for tests that hold them to it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.harness.places import ROOT, files_in

BLOCK: Final = re.compile(r"^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
LABELLED: Final = re.compile(r"^`(?P<path>[^`\n]+)`\n\n" + BLOCK.pattern[1:], BLOCK.flags)
LINK: Final = re.compile(r"(?<!!)\[[^\]]+\]\((?P<target>[^)\s]+)\)")
HEADING: Final = re.compile(r"^(?P<rank>#{1,6}) (?P<title>.+)$", re.MULTILINE)
NO_ANCHOR: Final = re.compile(r"[^\w\- ]")


@dataclass(frozen=True)
class FileBlock:
    """A block under the path of the file that it shows, or changes when it is a diff."""

    path: str
    language: str
    text: str


def documents() -> list[Path]:
    """List the documents of this repository."""
    return [ROOT / "README.md", *(path for path in files_in(ROOT / "docs") if path.suffix == ".md")]


def file_blocks(text: str) -> list[FileBlock]:
    """Read the blocks that stand under a path, in order."""
    return [FileBlock(**match.groupdict()) for match in LABELLED.finditer(text)]


def blocks(text: str, *languages: str) -> list[str]:
    """Read the blocks in some languages."""
    return [match["text"] for match in BLOCK.finditer(text) if match["language"] in languages]


def links(text: str) -> list[str]:
    """Read where the links lead."""
    return [match["target"] for match in LINK.finditer(BLOCK.sub("", text))]


def anchors(text: str) -> set[str]:
    """Read where links may lead, by the rules of the usual renderers."""
    named = (title for rank in range(1, 7) for title in titles(text, rank))
    return {NO_ANCHOR.sub("", title.lower()).replace(" ", "-") for title in named}


def titles(text: str, rank: int) -> list[str]:
    """Read the headings of one rank, in order."""
    found = HEADING.finditer(BLOCK.sub("", text))
    return [match["title"] for match in found if len(match["rank"]) == rank]


def section(text: str, title: str) -> str:
    """Read what stands under a heading, up to the next one of its rank."""
    start = re.search(rf"^(?P<rank>#+) {re.escape(title)}\n", text, re.MULTILINE)
    assert start, f"there is no heading {title!r}"
    rest = text[start.end() :]
    end = re.search(rf"^#{{1,{len(start['rank'])}}} ", BLOCK.sub(_blank, rest), re.MULTILINE)
    return rest[: end.start()] if end else rest


def table(text: str) -> list[dict[str, str]]:
    """Read the first table: a row maps the names of the columns to its cells, without marks."""
    head, _, *rows = (_cells(line) for line in _table_lines(text))
    return [dict(zip(head, row, strict=True)) for row in rows]


def _table_lines(text: str) -> Iterator[str]:
    started = False
    for line in text.splitlines():
        if line.startswith("|"):
            started = True
            yield line
        elif started:
            return


def _cells(line: str) -> list[str]:
    return [cell.replace("`", "").strip() for cell in line.strip("|").split("|")]


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])
