"""The first commit of a new service."""

import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator import __version__
from generator.errors import TargetError
from generator.lifecycle import git

_MESSAGE = f"Start from Groundplan {__version__}"
# No hook or daemon of the user's meets files that they have not seen, or outlives the command.
_QUIETLY = {
    "core.fsmonitor": "false",
    "core.hooksPath": "/dev/null",
    "gc.auto": "0",
    "maintenance.auto": "false",
}
_ANONYMOUS = (
    "git does not know who you are, so the files are staged and not committed: "
    "set `git config --global user.name` and `user.email`, then run `git commit`"
)


@dataclass(frozen=True)
class Repository:
    """Say which commit was made, or why none was."""

    commit: str | None = None
    note: str | None = None


def begin(folder: Path, place: Path) -> Repository:
    """Make a repository with one commit in the folder, which will stand at `place`."""
    if not git.installed():
        return _none(folder, "git is not installed")
    try:
        if enclosing := _enclosing(place):
            return Repository(
                note=f"{place} lies in the git repository {enclosing}: commit it there"
            )
        return _commit(folder)
    except OSError as error:
        return _none(folder, f"git does not run ({error.strerror})")


def _commit(folder: Path) -> Repository:
    for arguments in (_init(folder), ("add", "--all")):
        done = _run(folder, *arguments)
        if done.returncode:
            return _none(folder, f"git refuses ({git.reason(done)})")
    done = _run(folder, "commit", "--quiet", "--no-verify", "--message", _MESSAGE)
    if done.returncode and _run(folder, "var", "GIT_COMMITTER_IDENT").returncode:
        return Repository(note=_ANONYMOUS)
    if done.returncode:
        return _none(folder, f"git refuses ({git.reason(done)})")
    return Repository(_run(folder, "rev-parse", "--short", "HEAD").stdout.strip())


def commit_in(folder: Path, files: Iterable[str]) -> Repository:
    """Commit these files on top of a repository, and nothing else that is staged there."""
    names = "\0".join(files)
    listed = ("--pathspec-from-file=-", "--pathspec-file-nul")
    done = _run(folder, "add", "--force", *listed, text=names)
    if not done.returncode:
        message = ("--quiet", "--no-verify", "--allow-empty", "--message", _MESSAGE)
        done = _run(folder, "commit", "--only", *message, *listed, text=names)
        if done.returncode and _run(folder, "var", "GIT_COMMITTER_IDENT").returncode:
            return Repository(note=_ANONYMOUS)
    if done.returncode:
        raise TargetError(f"git does not commit in {folder}: it says {git.reason(done)}")
    return Repository(_run(folder, "rev-parse", "--short", "HEAD").stdout.strip())


def _init(folder: Path) -> tuple[str, ...]:
    """Name the branch main, unless the user has a name of their own for it."""
    own = _run(folder, "config", "--get", "init.defaultBranch").stdout.strip()
    return ("init", "--quiet") if own else ("init", "--quiet", "--initial-branch", "main")


def _enclosing(place: Path) -> str | None:
    """Return the repository that the place belongs to, unless that one ignores the place."""
    found = _run(place.parent, "rev-parse", "--show-toplevel")
    if found.returncode:
        return None
    ignored = _run(place.parent, "check-ignore", "--quiet", f"{place}/")
    return found.stdout.strip() if ignored.returncode else None


def _run(
    folder: Path, *arguments: str, text: str | None = None
) -> subprocess.CompletedProcess[str]:
    settings = (word for name, value in _QUIETLY.items() for word in ("-c", f"{name}={value}"))
    return git.run(folder, *settings, *arguments, text=text)


def _none(folder: Path, why: str) -> Repository:
    shutil.rmtree(folder / ".git", ignore_errors=True)
    return Repository(
        note=f"{why}, so the service has no repository yet: run `git init` in it later"
    )
