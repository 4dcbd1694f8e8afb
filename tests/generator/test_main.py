"""Whatever happens: one sentence and an exit code."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from generator import cli
from generator.__main__ import run
from generator.errors import GroundplanError
from tests.generator.support import Invoke, command, environment, spawn


def fail_with(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_arguments: list[str]) -> int:
        raise error

    monkeypatch.setattr(cli, "run", fail)


class TestDefect:
    def test_sentence(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        fail_with(KeyError("one\ntwo"), monkeypatch)

        assert run(["options"]) == 70
        assert capsys.readouterr().err == (
            "error: groundplan has a defect (KeyError: 'one\\ntwo'): "
            "report it with the traceback that GROUNDPLAN_DEBUG=1 shows\n"
        )

    def test_traceback_on_request(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        fail_with(KeyError("one"), monkeypatch)
        monkeypatch.setenv("GROUNDPLAN_DEBUG", "1")

        assert run(["options"]) == 70
        assert capsys.readouterr().err.startswith("Traceback (most recent call last):\n")

    def test_json(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        fail_with(GroundplanError("why"), monkeypatch)

        assert run(["options", "--json"]) == 70
        assert json.loads(capsys.readouterr().out) == {
            "error": {"kind": "defect", "message": "why", "exit_code": 70}
        }


@pytest.mark.parametrize("unbuffered", ["", "1"])
class TestOutput:
    """Whether a write fails at once or at the end."""

    def test_reader_goes_away(self, place: Path, toy: Path, unbuffered: str) -> None:
        words = command("options", "--template", toy)
        reader, writer = os.pipe()
        os.close(reader)
        done = subprocess.run(
            words,
            cwd=place,
            env=environment(PYTHONUNBUFFERED=unbuffered),
            stdout=writer,
            stderr=subprocess.PIPE,
            check=False,
        )
        os.close(writer)

        assert (done.returncode, done.stderr) == (1, b"")

    def test_full_disk(self, place: Path, toy: Path, unbuffered: str) -> None:
        done = self.run_on_a_full_disk(place, unbuffered, "options", "--template", toy)

        assert done.returncode == 1
        assert done.stderr == "error: the output cannot be written: no space left on device\n"

    def test_service_that_was_made_stays(self, place: Path, toy: Path, unbuffered: str) -> None:
        done = self.run_on_a_full_disk(place, unbuffered, "new", "made", "--template", toy)

        assert done.returncode == 1
        assert (place / "made" / "README.md").exists()

    def test_help_on_a_full_disk(self, place: Path, unbuffered: str) -> None:
        done = self.run_on_a_full_disk(place, unbuffered, "--help")

        assert done.returncode == 5
        assert done.stderr == (
            "error: there is no space left for the command: "
            "free some, or choose a place on another disk\n"
        )

    def run_on_a_full_disk(
        self, place: Path, unbuffered: str, *words: str | Path
    ) -> subprocess.CompletedProcess[str]:
        with Path("/dev/full").open("w") as full:
            return subprocess.run(
                command(*words),
                cwd=place,
                env=environment(PYTHONUNBUFFERED=unbuffered),
                stdout=full,
                stderr=subprocess.PIPE,
                check=False,
                text=True,
            )


class TestStreams:
    def test_nobody_reads_what_is_said_on_the_way(self, place: Path, toy: Path) -> None:
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(
                command("new", "made", "--template", toy),
                cwd=place,
                env=environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=full,
                check=False,
            )

        assert done.returncode == 0
        assert (place / "made" / "README.md").exists()

    @pytest.mark.parametrize("words", [("--json",), ()])
    def test_refusal_on_a_full_disk(self, place: Path, words: tuple[str, ...]) -> None:
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(
                command("options", "--template", "nowhere", *words),
                cwd=place,
                env=environment(PYTHONUNBUFFERED=""),
                stdout=full,
                stderr=subprocess.PIPE,
                check=False,
                text=True,
            )

        assert done.returncode == 6
        assert done.stderr.startswith("error: there is no template at nowhere")
        assert "Traceback" not in done.stderr

    @pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
    def test_closed_streams(self, place: Path, toy: Path, closed: str) -> None:
        line = " ".join(command("new", "made", "--template", toy))
        done = subprocess.run(
            ["sh", "-c", f"{line} {closed}"],
            cwd=place,
            env=environment(),
            capture_output=True,
            check=False,
            text=True,
        )

        assert done.returncode == 0, done.stderr
        assert (place / "made" / "README.md").exists()

    def test_terminal_without_unicode(self, place: Path, toy: Path) -> None:
        outcome = spawn(
            *("new", "made", "--dry-run", "--name", "läuft", "--template", toy),
            cwd=place,
            PYTHONIOENCODING="ascii",
        )

        assert outcome.code == 0


class TestCommand:
    def test_no_colours_in_a_file(self, invoke: Invoke) -> None:
        outcome = invoke("nonsense")

        assert "\x1b" not in outcome.err
