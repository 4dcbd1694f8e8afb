"""The first commit of a new service."""

import subprocess
from pathlib import Path

import pytest

from generator.lifecycle.repository import Repository, begin
from tests.generator.support import write_tree


@pytest.fixture
def service(place: Path) -> Path:
    return write_tree(place / "service", {"a.txt": "a\n", "app/b.txt": "b\n"})


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def configure(home: Path, text: str) -> None:
    with (home / ".gitconfig").open("a") as file:
        file.write(text)


def note(repository: Repository) -> str:
    assert repository.commit is None
    assert repository.note is not None
    return repository.note


class TestCommit:
    def test_everything_is_in_it(self, service: Path) -> None:
        made = begin(service, service)

        assert made.note is None
        assert git(service, "rev-parse", "--short", "HEAD") == made.commit
        assert git(service, "status", "--porcelain") == ""
        assert git(service, "ls-files").split() == ["a.txt", "app/b.txt"]
        assert git(service, "log", "--format=%an %s").startswith("Somebody Start from Groundplan")

    def test_branch(self, service: Path) -> None:
        begin(service, service)

        assert git(service, "branch", "--show-current") == "main"

    def test_branch_of_the_user(self, service: Path, home: Path) -> None:
        configure(home, "[init]\n\tdefaultBranch = trunk\n")

        begin(service, service)

        assert git(service, "branch", "--show-current") == "trunk"

    def test_hooks_of_the_user_stay_out(self, service: Path, home: Path, tmp_path: Path) -> None:
        hook = tmp_path / "hooks" / "post-commit"
        write_tree(tmp_path, {"hooks/post-commit": f"#!/bin/sh\ntouch {tmp_path}/ran\n"})
        hook.chmod(0o755)
        configure(home, f"[core]\n\thooksPath = {hook.parent}\n")

        assert begin(service, service).commit
        assert not (tmp_path / "ran").exists()

    def test_repository_of_the_caller(
        self, service: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        git(tmp_path, "init", "--quiet", "theirs")
        monkeypatch.setenv("GIT_DIR", str(tmp_path / "theirs" / ".git"))
        monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "theirs" / ".git" / "index"))

        assert begin(service, service).commit
        assert (service / ".git").is_dir()
        assert not (tmp_path / "theirs" / ".git" / "index").exists()


class TestNone:
    def test_no_git(self, service: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))

        assert note(begin(service, service)) == (
            "git is not installed, so the service has no repository yet: run `git init` in it later"
        )

    def test_nobody(self, service: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (home / ".gitconfig").write_text("[user]\n\tuseConfigOnly = true\n")
        for name in ("EMAIL", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"):
            monkeypatch.delenv(name, raising=False)

        assert note(begin(service, service)).startswith("git does not know who you are")
        assert git(service, "diff", "--cached", "--name-only").split() == ["a.txt", "app/b.txt"]

    def test_inside_a_repository(self, service: Path, place: Path) -> None:
        git(place, "init", "--quiet")

        assert note(begin(service, service)) == (
            f"{service} lies in the git repository {place}: commit it there"
        )
        assert not (service / ".git").exists()

    def test_inside_a_repository_that_ignores_it(self, service: Path, place: Path) -> None:
        git(place, "init", "--quiet")
        write_tree(place, {".gitignore": "/later/\n"})

        assert begin(service, place / "later").commit

    def test_refusal(self, service: Path, home: Path) -> None:
        """A signature that cannot be made leaves the service whole."""
        configure(home, "[commit]\n\tgpgSign = true\n[gpg]\n\tprogram = /nowhere/gpg\n")

        assert note(begin(service, service)).startswith("git refuses (")
        assert not (service / ".git").exists()
        assert (service / "app" / "b.txt").exists()

    def test_broken_configuration(self, service: Path, home: Path) -> None:
        (home / ".gitconfig").write_text("[broken\n")

        assert note(begin(service, service)).startswith("git refuses (bad config")

    def test_no_program(
        self, service: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        program = tmp_path / "bin" / "git"
        write_tree(tmp_path, {"bin/git": "no program\n"})
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(program.parent))

        assert note(begin(service, service)).startswith("git does not run (Exec format error)")
