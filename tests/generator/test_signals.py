"""Stopped in the middle of the work: nothing is left, and the exit code says what stopped it."""

import os
import signal
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator import signals
from generator.errors import Stopped
from tests.generator.support import command, environment, names


@contextmanager
def rendering(place: Path, toy: Path, *words: str) -> Generator[subprocess.Popen[str]]:
    """Yield the command at the moment at which Copier reads a certain file, and waits there.

    The file is a pipe: opening its other end waits until Copier has opened it.
    """
    pipe = toy / "template/{{use.base}}/zz_pipe.txt"
    os.mkfifo(pipe)
    with subprocess.Popen(
        command("new", *words, "--defaults", "--template", toy),
        cwd=place,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        writer = os.open(pipe, os.O_WRONLY)
        try:
            yield process
        finally:
            os.close(writer)
            process.kill()


def staging(place: Path) -> list[Path]:
    return list(place.rglob(".groundplan-*"))


class TestMidRender:
    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
    def test_nothing_is_left(self, place: Path, toy: Path, number: signal.Signals) -> None:
        with rendering(place, toy, "a/b/made") as process:
            assert staging(place)
            process.send_signal(number)
            out, errors = process.communicate(timeout=30)

        assert process.returncode == 128 + number
        assert errors.splitlines()[-1] == "Stopped; nothing is left behind."
        assert out == ""
        assert names(place) == []

    def test_empty_folder_stays_empty(self, place: Path, toy: Path) -> None:
        with rendering(place, toy, ".") as process:
            assert staging(place)
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=30)

        assert process.returncode == 130
        assert names(place) == []

    def test_dry_run(self, place: Path, toy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        scratch = place.parent / "scratch"
        scratch.mkdir()
        monkeypatch.setenv("TMPDIR", str(scratch))

        with rendering(place, toy, "made", "--dry-run") as process:
            assert names(scratch)
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=30)

        assert names(scratch) == []

    def test_ignored_by_the_parent(self, place: Path, toy: Path) -> None:
        """`nohup` and a shell's `&` have us ignore a signal, and so we do."""
        before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
        try:
            with rendering(place, toy, "made") as process:
                signal.signal(signal.SIGHUP, before)
                process.send_signal(signal.SIGHUP)
                process.send_signal(signal.SIGTERM)
                process.communicate(timeout=30)
        finally:
            signal.signal(signal.SIGHUP, before)

        assert process.returncode == 128 + signal.SIGTERM


class TestStoppable:
    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
    def test_signal_unwinds(self, number: signal.Signals) -> None:
        with pytest.raises(Stopped) as caught, signals.stoppable():
            signal.raise_signal(number)

        assert caught.value.exit_code == 128 + number

    def test_second_signal_does_not_cut_the_cleaning(self) -> None:
        cleaned: list[str] = []

        def work() -> None:
            try:
                signal.raise_signal(signal.SIGINT)
            finally:
                signal.raise_signal(signal.SIGINT)
                signal.raise_signal(signal.SIGTERM)
                cleaned.append("all")

        with pytest.raises(Stopped), signals.stoppable():
            work()

        assert cleaned == ["all"]

    def test_handlers_are_put_back(self) -> None:
        before = signal.getsignal(signal.SIGTERM)

        with signals.stoppable():
            assert signal.getsignal(signal.SIGTERM) is not before

        assert signal.getsignal(signal.SIGTERM) is before


class TestIgnored:
    def test_signal_is_dropped(self) -> None:
        with signals.stoppable():
            with signals.ignored():
                signal.raise_signal(signal.SIGINT)
            with pytest.raises(Stopped):
                signal.raise_signal(signal.SIGINT)
