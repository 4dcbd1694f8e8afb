"""How the folders of the features lie in a template."""

from pathlib import PurePosixPath

import pytest

from generator.engine.overlays import overlay, owner, resolved
from generator.engine.values import Document

USE: Document = {"a": ".", "b": ".", "off": ""}


class TestResolved:
    @pytest.mark.parametrize(
        ("path", "rendered"),
        [
            ("{{use.a}}/x.py", "x.py"),
            ("{{use.a}}/app/x.py", "app/x.py"),
            ("{{use.a}}/{{use.b}}/app/x.py", "app/x.py"),
            ("{{ use.a }}/x.py", "x.py"),
            ("plain/x.py", "plain/x.py"),
            ("{{name}}.jinja", "{{name}}.jinja"),
            ("{{use.a}}_more/x.py", "{{use.a}}_more/x.py"),
        ],
    )
    def test_rendered(self, path: str, rendered: str) -> None:
        assert resolved(PurePosixPath(path), USE) == PurePosixPath(rendered)

    @pytest.mark.parametrize(
        "path",
        [
            "{{use.off}}/x.py",
            "{{use.unknown}}/x.py",
            "{{use.a}}/{{use.off}}/x.py",
            "{{use.a}}/.feature/env",
        ],
    )
    def test_not_rendered(self, path: str) -> None:
        assert resolved(PurePosixPath(path), USE) is None


class TestOwner:
    def test_outer_folder(self) -> None:
        assert owner(PurePosixPath("{{use.a}}/{{use.b}}/x.py")) == "a"
        assert owner(PurePosixPath("plain/x.py")) is None

    def test_overlay(self) -> None:
        assert owner(PurePosixPath(overlay("a"), "x.py")) == "a"
