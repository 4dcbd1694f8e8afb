"""Git as a plain command."""

import subprocess
from pathlib import Path

import pytest

from generator.lifecycle import git


def failed(errors: str) -> subprocess.CompletedProcess[str]:
    return subprocess.CompletedProcess([], 128, "", errors)


class TestReason:
    def test_fatal(self) -> None:
        errors = "hint: something\nfatal: it does not work.\nhint: and more\n"

        assert git.reason(failed(errors)) == "it does not work"

    def test_error(self) -> None:
        assert git.reason(failed("error: no\n")) == "no"

    def test_last_line(self) -> None:
        assert git.reason(failed("one\n\ntwo\n")) == "two"

    def test_silence(self) -> None:
        assert git.reason(failed("")) == "exit code 128"


class TestRun:
    def test_repository_of_the_caller(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A hook exports GIT_DIR and its like; they must not lead us into its repository."""
        git.run(tmp_path, "init", "--quiet", "theirs")
        (tmp_path / "ours").mkdir()
        monkeypatch.setenv("GIT_DIR", str(tmp_path / "theirs" / ".git"))

        assert git.run(tmp_path / "ours", "rev-parse", "--git-dir").returncode != 0

    def test_no_question(self, tmp_path: Path) -> None:
        done = git.run(tmp_path, "config", "--get", "nothing.here")

        assert (done.returncode, done.stdout) == (1, "")


class TestInstalled:
    def test_found(self) -> None:
        assert git.installed()

    def test_missing(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))

        assert not git.installed()
