"""The command line as a whole."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from generator import __version__
from generator.errors import EXIT_CODES
from tests.generator.support import Invoke, environment

HEAVY = ["copier", "jinja2", "pydantic", "rich", "yaml"]
PROBE = """
import json, sys
sys.argv = ["groundplan", *{words!r}]
from generator.__main__ import main
try:
    main()
finally:
    print(json.dumps([name for name in {heavy!r} if name in sys.modules]), file=sys.stderr)
"""


def imported(*words: str, cwd: Path) -> list[str]:
    """Return which of the heavy packages a command line imports."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE.format(words=words, heavy=HEAVY)],
        cwd=cwd,
        env=environment(),
        capture_output=True,
        check=True,
        text=True,
    )
    return json.loads(done.stderr)


class TestHelp:
    @pytest.mark.parametrize("words", [["--help"], ["-h"], []])
    def test_commands(self, invoke: Invoke, words: list[str]) -> None:
        outcome = invoke(*words)

        assert outcome.code == 0
        assert "  new " in outcome.out
        assert "  options " in outcome.out
        assert outcome.err == ""

    @pytest.mark.parametrize("words", [["--help"], ["new", "--help"], ["options", "--help"]])
    def test_exit_codes(self, invoke: Invoke, words: list[str]) -> None:
        lines = [line.strip() for line in invoke(*words).out.splitlines()]

        for code, meaning in EXIT_CODES.items():
            assert f"{code}  {meaning}" in lines

    def test_version(self, invoke: Invoke) -> None:
        assert invoke("--version").out == f"groundplan {__version__}\n"


class TestRefused:
    def test_command(self, invoke: Invoke) -> None:
        outcome = invoke("nev")

        assert outcome.code == 2
        assert outcome.err == "error: no such command 'nev'. Did you mean 'new'?\n"

    def test_option(self, invoke: Invoke) -> None:
        outcome = invoke("--verison")

        assert outcome.code == 2
        assert outcome.err == "error: no such option: --verison: did you mean --version?\n"

    def test_option_without_its_value(self, invoke: Invoke) -> None:
        outcome = invoke("options", "--template")

        assert outcome.code == 2
        assert outcome.err == "error: option '--template' requires an argument\n"


class TestStart:
    """What a command does not need, it does not import: that is most of its time."""

    def test_help(self, tmp_path: Path) -> None:
        assert imported("--help", cwd=tmp_path) == []

    def test_help_with_every_flag(self, tmp_path: Path) -> None:
        assert {"copier", "rich"}.isdisjoint(imported("new", "--help", cwd=tmp_path))

    def test_options(self, tmp_path: Path) -> None:
        assert {"copier", "rich"}.isdisjoint(imported("options", cwd=tmp_path))
