"""Which files are the template's, and which commit they are."""

from pathlib import Path

import pytest

from generator.engine.template import Template
from generator.lifecycle.checkout import Revision, examine
from tests.generator.support import FILES, write_tree
from tests.harness.repositories import commit_all, git


@pytest.fixture
def template(toy: Path) -> Template:
    """The toy template as a repository with a release."""
    write_tree(toy, {".gitignore": ".cache/\n", "README.md": "No part of it.\n"})
    commit_all(toy, "first")
    git(toy, "tag", "v1.0.0")
    return Template(toy, str(toy))


def known(template: Template) -> set[str]:
    return set(examine(template)[0])


def revision(template: Template) -> Revision:
    return examine(template)[1]


class TestCheckout:
    def test_clean(self, template: Template) -> None:
        assert known(template) == set(FILES)
        assert revision(template) == Revision("v1.0.0")

    def test_changed(self, template: Template) -> None:
        (template.root / "template/{{use.base}}/app/main.py").write_text("print('changed')\n")

        assert revision(template) == Revision(None, dirty=True)

    def test_new_file(self, template: Template) -> None:
        write_tree(template.root, {"template/new.txt": "new\n"})

        assert known(template) == {*FILES, "template/new.txt"}
        assert revision(template) == Revision(None, dirty=True)

    def test_file_that_is_gone(self, template: Template) -> None:
        (template.root / "template/{{use.base}}/app/main.py").unlink()

        assert known(template) == {*FILES} - {"template/{{use.base}}/app/main.py"}
        assert revision(template) == Revision(None, dirty=True)

    def test_change_elsewhere(self, template: Template) -> None:
        (template.root / "README.md").write_text("changed\n")

        assert revision(template) == Revision("v1.0.0")

    def test_ignored_files_stay_out(self, template: Template) -> None:
        write_tree(template.root, {"template/{{use.base}}/.cache/junk": "junk\n"})

        assert known(template) == set(FILES)
        assert revision(template) == Revision("v1.0.0")

    def test_name_that_looks_like_a_pattern(self, template: Template) -> None:
        write_tree(template.root, {"template/{{use.base}}/[a]*.txt": "odd\n", "template/ü.txt": ""})

        assert known(template) > {"template/{{use.base}}/[a]*.txt", "template/ü.txt"}


class TestPlainFolder:
    def test_files(self, toy: Path) -> None:
        write_tree(toy, {"README.md": "No part of it.\n"})

        assert known(Template(toy, "")) == set(FILES)
        assert revision(Template(toy, "")) == Revision()

    def test_bytecode_stays_out(self, toy: Path) -> None:
        """An installer compiles what looks like a module."""
        write_tree(toy, {"template/{{use.base}}/app/__pycache__/main.pyc": ""})

        assert known(Template(toy, "")) == set(FILES)

    def test_everything_is_rendered(self, tmp_path: Path) -> None:
        write_tree(tmp_path, {"copier.yml": "a: 1\n", "b/c.txt": "", "d.txt": ""})

        assert known(Template(tmp_path, "")) == {"copier.yml", "b/c.txt", "d.txt"}

    def test_without_git(
        self, template: Template, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))

        assert known(template) == set(FILES)
        assert revision(template) == Revision()

    def test_no_commit_yet(self, toy: Path) -> None:
        git(toy, "init", "--quiet")

        assert known(Template(toy, "")) == set(FILES)
        assert revision(Template(toy, "")) == Revision()
