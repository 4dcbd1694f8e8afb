"""Stopped in the middle of the work: nothing is left, and the exit code says what stopped it."""

import asyncio
import os
import signal
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import pytest

from generator.errors import Stopped
from generator.lifecycle import signals
from tests.generator.support import command, environment, names
from tests.harness.commands import LONGEST


@dataclass
class Rendering:
    """The command, and the end of the pipe that it reads."""

    process: subprocess.Popen[str]
    pipe: BinaryIO

    def stop(self, *numbers: signal.Signals) -> tuple[str, str]:
        """Send signals, and give what it printed until its end.

        It may not have begun to read. Python would then heed a signal after that only, so what it
        reads has to end.
        """
        for number in numbers:
            self.process.send_signal(number)
        self.pipe.close()
        return self.process.communicate(timeout=LONGEST)


@contextmanager
def rendering(place: Path, toy: Path, *words: str) -> Generator[Rendering]:
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
        try:
            with pipe.open("wb") as writer:
                yield Rendering(process, writer)
        finally:
            process.kill()


def staging(place: Path) -> list[Path]:
    return list(place.rglob(".groundplan-*"))


class TestMidRender:
    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
    def test_nothing_is_left(self, place: Path, toy: Path, number: signal.Signals) -> None:
        with rendering(place, toy, "a/b/made") as made:
            assert staging(place)
            out, errors = made.stop(number)

        assert made.process.returncode == 128 + number
        assert errors.splitlines()[-1] == "Stopped; nothing is left behind."
        assert out == ""
        assert names(place) == []

    def test_empty_folder_stays_empty(self, place: Path, toy: Path) -> None:
        with rendering(place, toy, ".") as made:
            assert staging(place)
            made.stop(signal.SIGINT)

        assert made.process.returncode == 130
        assert names(place) == []

    def test_dry_run(self, place: Path, toy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        scratch = place.parent / "scratch"
        scratch.mkdir()
        monkeypatch.setenv("TMPDIR", str(scratch))

        with rendering(place, toy, "made", "--dry-run") as made:
            assert names(scratch)
            made.stop(signal.SIGTERM)

        assert names(scratch) == []

    def test_ignored_by_the_parent(self, place: Path, toy: Path) -> None:
        """`nohup` and a shell's `&` have us ignore a signal, and so we do."""
        before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
        try:
            with rendering(place, toy, "made") as made:
                signal.signal(signal.SIGHUP, before)
                made.stop(signal.SIGHUP, signal.SIGTERM)
        finally:
            signal.signal(signal.SIGHUP, before)

        assert made.process.returncode == 128 + signal.SIGTERM


class TestStoppable:
    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
    def test_signal_unwinds(self, number: signal.Signals) -> None:
        with pytest.raises(Stopped) as caught, signals.stoppable():
            signal.raise_signal(number)

        assert caught.value.exit_code == 128 + number

    def test_event_loop_ends_the_step_that_it_is_at(self) -> None:
        steps: list[str] = []

        async def ask() -> None:
            signal.raise_signal(signal.SIGTERM)
            steps.append("drawn")
            try:
                await asyncio.sleep(60)
            finally:
                steps.append("cleaned up")

        with pytest.raises(Stopped) as caught, signals.stoppable():
            asyncio.run(ask())

        assert caught.value.exit_code == 128 + signal.SIGTERM
        assert steps == ["drawn", "cleaned up"]

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
