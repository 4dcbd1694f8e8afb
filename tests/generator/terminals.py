"""A pseudo terminal, and somebody who types at it."""

import os
import pty
import re
import select
import subprocess
import termios
import time
from pathlib import Path
from typing import Self

from tests.generator.support import environment

SECONDS = 60
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Terminal:
    """A pseudo terminal with the command on it, read up to what is expected next."""

    def __init__(self, words: list[str], place: Path) -> None:
        self._ours, theirs = pty.openpty()
        self.before = termios.tcgetattr(theirs)
        self._theirs = theirs
        termios.tcsetwinsize(theirs, (60, 200))
        self.text = ""
        self.process = subprocess.Popen(
            words,
            cwd=place,
            env=environment(TERM="xterm", PROMPT_TOOLKIT_NO_CPR="1", COLUMNS="200"),
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )

    def expect(self, text: str) -> Self:
        """Read until a text has come, and forget everything up to it."""
        self.wait_for(re.escape(text))
        self.text = self.text.partition(text)[2]
        return self

    def wait_for(self, pattern: str) -> Self:
        """Read until something has come that matches."""
        end = time.monotonic() + SECONDS
        while not re.search(pattern, self.text, re.MULTILINE):
            assert time.monotonic() < end, f"{pattern!r} did not come after {self.text!r}"
            self._read()
        return self

    def send(self, keys: str) -> Self:
        """Type."""
        os.write(self._ours, keys.encode())
        return self

    def finish(self) -> tuple[int, str]:
        """Wait for the end; return the exit code and what was printed meanwhile."""
        end = time.monotonic() + SECONDS
        while self.process.poll() is None:
            assert time.monotonic() < end, f"it does not end after {self.text!r}"
            self._read()
        while self._read():
            pass
        return self.process.returncode, self.text

    def is_as_before(self) -> bool:
        """Tell whether the terminal's settings are those of the start."""
        return termios.tcgetattr(self._theirs) == self.before

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._ours)
        os.close(self._theirs)

    def _read(self) -> bool:
        if not select.select([self._ours], [], [], 0.05)[0]:
            return False
        self.text = _CONTROL.sub("", self.text + os.read(self._ours, 65536).decode())
        return True
