"""Links in the documents lead somewhere."""

from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import pytest

from tests.docs.markdown import anchors, documents, links
from tests.harness.places import ROOT

HOSTS: Final = {"copier.readthedocs.io", "github.com"}
"""Where a document may lead outside of this repository."""


@pytest.mark.parametrize(
    "document", documents(), ids=lambda path: path.relative_to(ROOT).as_posix()
)
class TestLinks:
    def test_inside(self, document: Path) -> None:
        for link in map(urlsplit, links(document.read_text())):
            if not link.netloc:
                target = document.parent / link.path if link.path else document
                assert target.exists(), link.path
                assert not link.fragment or link.fragment in anchors(target.read_text()), link

    def test_outside(self, document: Path) -> None:
        assert {urlsplit(link).netloc for link in links(document.read_text())} <= {"", *HOSTS}


def test_every_document_is_linked() -> None:
    linked = {
        (document.parent / urlsplit(link).path).resolve()
        for document in documents()
        for link in links(document.read_text())
    }
    assert set(documents()) - {ROOT / "README.md"} <= linked
