"""Git as a plain command: nothing of the caller's repository reaches it."""

import os
import shutil
import subprocess
from pathlib import Path

# A hook of another repository that calls us exports these, and they would redirect every command.
_LOCAL = (
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_INDEX_FILE",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_WORK_TREE",
)
_PLAINLY = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}


def installed() -> bool:
    """Tell whether git is on the PATH."""
    return shutil.which("git") is not None


def start(folder: Path, *arguments: str, listening: bool = False) -> subprocess.Popen[str]:
    """Start a command in a folder and let it run beside us."""
    return subprocess.Popen(
        ["git", *arguments],
        cwd=folder,
        env=_environment(),
        stdin=subprocess.PIPE if listening else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    )


def finish(
    process: subprocess.Popen[str], seconds: float | None = None, text: str | None = None
) -> subprocess.CompletedProcess[str]:
    """Wait for a command that was started; end it when the wait is cut short."""
    with process:
        try:
            output, errors = process.communicate(text, timeout=seconds)
        except BaseException:
            process.kill()
            raise
    return subprocess.CompletedProcess(process.args, process.returncode, output, errors)


def run(folder: Path, *arguments: str, text: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder, whatever its exit code; a text is what it reads."""
    return finish(start(folder, *arguments, listening=text is not None), text=text)


def reason(done: subprocess.CompletedProcess[str]) -> str:
    """Return the line of its errors that says why a command failed."""
    lines = [line.strip() for line in done.stderr.splitlines() if line.strip()]
    telling = [line for line in lines if line.startswith(("fatal:", "error:"))]
    line = (telling or lines or [f"exit code {done.returncode}"])[-1]
    return line.removeprefix("fatal: ").removeprefix("error: ").rstrip(".")


def _environment() -> dict[str, str]:
    cleaned = {name: value for name, value in os.environ.items() if name not in _LOCAL}
    return {**cleaned, **_PLAINLY}
