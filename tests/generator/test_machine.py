"""A machine that refuses: no space, no permission, no place to write. Nothing is left behind."""

import ctypes
import errno
import os
import resource
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.errors import machine_error
from tests.generator.support import Outcome, command, environment, names, write_tree
from tests.harness.commands import LONGEST

PR_CAPBSET_DROP = 24
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 1, 2
BIG = 200_000


def obey_permissions() -> None:
    """Take from root what lets it write where nobody may; others have nothing to lose."""
    for capability in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
        ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)


def limit_files() -> None:
    """Let no file grow beyond half of a big one; this looks like a full disk to whoever writes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (BIG // 2, BIG // 2))


def spawn_under(limit: Callable[[], None], place: Path, *words: str | Path) -> Outcome:
    done = subprocess.run(
        command("new", *words),
        cwd=place,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        preexec_fn=limit,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


def last_line(outcome: Outcome) -> str:
    assert "Traceback" not in outcome.err
    return outcome.err.splitlines()[-1]


class TestSpace:
    def test_file_that_does_not_fit(self, place: Path, toy: Path) -> None:
        write_tree(toy, {"template/{{use.base}}/zz_big.txt": "x" * BIG})

        outcome = spawn_under(limit_files, place, "a/made", "--defaults", "--template", toy)

        assert outcome.code == 5
        assert last_line(outcome).startswith("error: there is no space left for the service in a/m")
        assert last_line(outcome).endswith(": free some, or choose a place on another disk")
        assert names(place) == []

    def test_commit_that_does_not_fit(self, place: Path, toy: Path) -> None:
        """The service is whole without its repository."""
        noise = os.urandom(BIG).hex()
        for part in range(6):  # compressed, all of it is too much for one file, and each half of it
            half = noise[part * BIG // 4 :][: BIG // 4]
            write_tree(toy, {f"template/{{{{use.base}}}}/part{part}.txt": half})

        outcome = spawn_under(limit_files, place, "made", "--defaults", "--template", toy)

        assert outcome.code == 0, outcome.err
        assert (place / "made" / "part5.txt").exists()

    def test_full_file_system(self, place: Path, toy: Path) -> None:
        """The real thing: a tiny file system in a mount namespace of its own."""
        write_tree(toy, {"template/{{use.base}}/zz_big.txt": "x" * BIG})
        mount = f"mount -t tmpfs -o size=64k tiny {place}"
        inner = " ".join(command("new", place / "made", "--defaults", "--template", toy))
        script = f"{mount} || exit 99; {inner}; code=$?; ls -A {place} >&2; exit $code"
        unshare = shutil.which("unshare")
        if unshare is None:
            pytest.skip("no unshare: a file system of its own cannot be made here")
        done = subprocess.run(
            [unshare, "--mount", "--map-root-user", "sh", "-c", script],
            env=environment(),
            cwd=place.parent,
            capture_output=True,
            check=False,
            text=True,
        )
        if done.returncode == 99 or "unshare failed" in done.stderr:
            pytest.skip("no rights for a file system of its own here")

        assert done.returncode == 5
        assert done.stderr.splitlines()[-1].startswith("error: there is no space left")


class TestPermission:
    @pytest.fixture
    def forbidden(self, place: Path) -> Path:
        folder = place / "forbidden"
        folder.mkdir(mode=0o555)
        return folder

    def test_parent(self, place: Path, toy: Path, forbidden: Path) -> None:
        outcome = spawn_under(
            obey_permissions, place, "forbidden/a/made", "--defaults", "--template", toy
        )

        assert outcome.code == 5
        assert last_line(outcome) == (
            "error: permission is denied for the service in forbidden/a/made "
            f"({forbidden}/a): choose a place that you may write to"
        )
        assert names(forbidden) == []

    def test_empty_folder_itself(self, place: Path, toy: Path, forbidden: Path) -> None:
        outcome = spawn_under(obey_permissions, place, "forbidden", "--defaults", "--template", toy)

        assert outcome.code == 5
        assert last_line(outcome).startswith("error: permission is denied for the service in forb")
        assert names(forbidden) == []

    def test_folder_that_cannot_be_read(self, place: Path, toy: Path) -> None:
        (place / "secret").mkdir(mode=0o000)

        outcome = spawn_under(obey_permissions, place, "secret", "--defaults", "--template", toy)

        assert outcome.code == 5
        assert last_line(outcome).startswith("error: permission is denied for a look into secret")

    def test_place_below_a_folder_that_cannot_be_entered(self, place: Path, toy: Path) -> None:
        (place / "secret").mkdir(mode=0o000)

        outcome = spawn_under(obey_permissions, place, "secret/a", "--defaults", "--template", toy)

        assert outcome.code == 5
        assert "permission is denied" in last_line(outcome)

    def test_only_the_empty_folder_is_ours(self, toy: Path, forbidden: Path) -> None:
        """The folder above belongs to someone else, as with a volume that is mounted there."""
        forbidden.chmod(0o755)
        (forbidden / "mine").mkdir()
        forbidden.chmod(0o555)

        outcome = spawn_under(
            obey_permissions, forbidden / "mine", ".", "--defaults", "--template", toy
        )

        assert outcome.code == 0, outcome.err
        assert "README.md" in names(forbidden / "mine")

    def test_template(self, place: Path, toy: Path) -> None:
        (toy / "template/{{use.base}}/app/main.py").chmod(0o000)

        outcome = spawn_under(obey_permissions, place, "made", "--defaults", "--template", toy)

        assert outcome.code == 5
        assert "permission is denied" in last_line(outcome)
        assert "app/main.py" in last_line(outcome)
        assert names(place) == []


class TestSentence:
    @pytest.mark.parametrize(
        ("number", "words"),
        [
            (errno.ENOSPC, "there is no space left for it (a/b): free some"),
            (errno.EDQUOT, "there is no space left for it (a/b): free some"),
            (errno.EACCES, "permission is denied for it (a/b): choose a place"),
            (errno.EROFS, "the file system is read-only for it (a/b): choose a place"),
            (errno.ENAMETOOLONG, "the system refuses it (a/b): file name too long"),
        ],
    )
    def test_words(self, number: int, words: str) -> None:
        error = machine_error(OSError(number, os.strerror(number), "a/b"), "it")

        assert str(error).startswith(words)

    def test_without_a_file(self) -> None:
        assert str(machine_error(OSError("odd"), "it")) == "the system refuses it: odd"
