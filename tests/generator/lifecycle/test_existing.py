"""A repository that is there already, as a forge makes it."""

import json
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.generator.lifecycle.test_signals import rendering
from tests.generator.support import Invoke, write_tree
from tests.harness.repositories import git

FORGE = {"README.md": "# r\n", "LICENSE": "MIT\n", ".gitignore": "*.pyc\n.env\n"}


@pytest.fixture
def forge(place: Path) -> Path:
    """A repository with one commit."""
    folder = write_tree(place / "r", FORGE)
    git(folder, "init", "--quiet", "--initial-branch=trunk")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Initial commit")
    return folder


def everything(folder: Path) -> dict[str, bytes]:
    """Read what is in a folder, git's own files too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


class TestEmpty:
    def test_made(self, invoke: Invoke, place: Path) -> None:
        git(place, "init", "--quiet", "r")

        outcome = invoke("new", "r", "--defaults")

        assert outcome.code == 0, outcome.err
        assert "replaced" not in outcome.err
        assert git(place / "r", "status", "--porcelain") == ""
        assert "Start from Groundplan" in git(place / "r", "log", "--format=%s")

    def test_without_git(self, invoke: Invoke, place: Path) -> None:
        git(place, "init", "--quiet", "r")

        assert invoke("new", "r", "--defaults", "--no-git").code == 0
        assert "?? README.md" in git(place / "r", "status", "--porcelain")


class TestForge:
    def test_commit_on_top(self, invoke: Invoke, forge: Path) -> None:
        outcome = invoke("new", "r", "--defaults")

        assert "note: replaced, and kept by git: README.md\n" in outcome.err
        assert len(git(forge, "log", "--format=%s").splitlines()) == 2
        assert git(forge, "branch", "--show-current") == "trunk\n"
        assert git(forge, "show", "HEAD~:README.md") == "# r\n"
        assert (forge / "README.md").read_text() != "# r\n"
        assert (forge / "LICENSE").read_text() == "MIT\n"
        assert git(forge, "status", "--porcelain") == ""

    def test_named_for_a_machine(self, invoke: Invoke, forge: Path) -> None:
        before = everything(forge)

        planned = json.loads(invoke("new", "r", "--json", "--dry-run").out)
        assert everything(forge) == before
        made = json.loads(invoke("new", "r", "--json").out)

        assert planned["replaced"] == made["replaced"] == ["README.md"]

    def test_planned(self, invoke: Invoke, forge: Path) -> None:
        outcome = invoke("new", "r", "--defaults", "--dry-run")

        assert f"{forge} would get 4 files." in outcome.out
        assert "They would replace README.md." in outcome.out

    def test_the_users_stay(self, invoke: Invoke, forge: Path) -> None:
        """Whatever the service does not make: as it is, staged or not, and not in the commit."""
        (forge / "LICENSE").write_text("Apache\n")
        write_tree(forge, {"notes.txt": "n", "staged.txt": "s", "app/own.py": "o", ".env": "A=1\n"})
        git(forge, "add", "staged.txt")

        assert invoke("new", "r", "--defaults").code == 0

        assert git(forge, "status", "--porcelain").splitlines() == [
            " M LICENSE",
            "A  staged.txt",
            "?? app/own.py",
            "?? notes.txt",
        ]
        assert (forge / ".env").read_text() == "A=1\n"

    def test_nobody_known(self, invoke: Invoke, forge: Path, home: Path) -> None:
        (home / ".gitconfig").write_text("[user]\n\tuseConfigOnly = true\n")

        outcome = invoke("new", "r", "--defaults")

        assert outcome.code == 0
        assert "git does not know who you are, so the files are staged" in outcome.err
        assert "M  README.md" in git(forge, "status", "--porcelain")


def untracked(forge: Path) -> None:
    write_tree(forge, {"app/main.py": "mine"})


def changed(forge: Path) -> None:
    (forge / "README.md").write_text("changed")


def staged(forge: Path) -> None:
    changed(forge)
    git(forge, "add", "README.md")


def ignored(forge: Path) -> None:
    write_tree(forge, {".git/info/exclude": "app/\n", "app/disk.py": "mine"})


def file_for_folder(forge: Path) -> None:
    (forge / "app").touch()


def folder_for_file(forge: Path) -> None:
    write_tree(forge, {"app/main.py/mine": "mine"})


def link_out(forge: Path) -> None:
    (forge / "app").symlink_to(forge.parent)


def service(forge: Path) -> None:
    (forge / ".copier-answers.yml").touch()


class TestRefused:
    @pytest.mark.parametrize(
        ("prepare", "sentence"),
        [
            (untracked, "app/main.py in {} would be replaced and is not committed"),
            (changed, "README.md in {} would be replaced and is not committed"),
            (staged, "README.md in {} would be replaced and is not committed"),
            (ignored, "app/disk.py in {} would be replaced and is not committed"),
            (file_for_folder, "app in {} cannot be replaced"),
            (folder_for_file, "app/main.py in {} cannot be replaced"),
            (link_out, "app in {} cannot be replaced"),
            (service, "{} holds a service already"),
        ],
    )
    def test_all_is_as_it_was(
        self, invoke: Invoke, forge: Path, prepare: Callable[[Path], None], sentence: str
    ) -> None:
        prepare(forge)
        before = everything(forge)

        for words in (("--dry-run",), ()):
            outcome = invoke("new", "r", "--defaults", *words)
            assert outcome.code == 4
            assert sentence.format(forge) in outcome.err

        assert everything(forge) == before

    def test_commit_fails(self, invoke: Invoke, forge: Path) -> None:
        """All is put in place by then, and is taken back."""
        (forge / ".git/index.lock").touch()
        before = everything(forge)

        outcome = invoke("new", "r", "--defaults")

        assert outcome.code == 4
        assert "git does not commit" in outcome.err
        assert everything(forge) == before

    def test_stopped(self, place: Path, toy: Path, forge: Path) -> None:
        before = everything(forge)

        with rendering(place, toy, "r") as made:
            made.stop(signal.SIGINT)

        assert made.process.returncode == 130
        assert everything(forge) == before

    def test_folder_that_is_no_repository(self, invoke: Invoke, place: Path) -> None:
        write_tree(place / "r", FORGE)

        assert "r is not empty, it holds" in invoke("new", "r", "--defaults").err

    def test_folder_of_a_repository(self, invoke: Invoke, forge: Path) -> None:
        write_tree(forge / "docs", {"a.md": "a"})

        assert "docs is not empty" in invoke("new", "r/docs", "--defaults").err
