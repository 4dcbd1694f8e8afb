"""Talk line by line to a child process."""

import subprocess
import tempfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from benchmarks.processes import BenchmarkError, user_environment

LAST_WORDS = 2000


@dataclass(frozen=True)
class Child:
    """Hold a process that answers each line of its input with one line."""

    pid: int
    questions: IO[str]
    answers: IO[str]
    errors: IO[str]

    def ask(self, question: str) -> str:
        """Send one line and return the answer."""
        print(question, file=self.questions, flush=True)
        return self.answer()

    def answer(self) -> str:
        """Return the next line; an ended process is an error with its last words."""
        line = self.answers.readline()
        if not line:
            self.errors.seek(0)
            raise BenchmarkError(f"a helper process ended:\n{self.errors.read()[-LAST_WORDS:]}")
        return line


@contextmanager
def child(
    command: Sequence[str | Path],
    *,
    cwd: Path | None = None,
    environment: dict[str, str] | None = None,
) -> Generator[Child]:
    """Run a process as long as the block; the end of its input tells it to stop."""
    with (
        tempfile.TemporaryFile("w+") as errors,
        subprocess.Popen(
            command,
            cwd=cwd,
            env=environment or user_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process,
    ):
        if process.stdin is None or process.stdout is None:
            raise BenchmarkError("a helper process has no pipes")
        yield Child(process.pid, process.stdin, process.stdout, errors)
        process.stdin.close()
