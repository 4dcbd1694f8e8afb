"""The place for a service: checked before the work, and filled in one step at its end."""

import errno
import shutil
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.errors import TargetError, machine_error
from generator.lifecycle.existing import Existing
from generator.lifecycle.signals import ignored

_NAMED = 3
_TAKEN = {errno.EEXIST, errno.ENOTDIR, errno.ENOTEMPTY}


class Target:
    """Name a folder that does not exist yet, an empty one, or a git repository."""

    def __init__(self, given: Path) -> None:
        self.given = given
        try:
            self.path = given.resolve()
        except RuntimeError as error:
            raise TargetError(f"{given} is a link to itself: choose another path") from error
        self._exists = self.path.is_dir()
        self.existing = Existing.at(self.path) if self._exists else None

    @property
    def home(self) -> Path:
        """Return the folder in which the work is done, on the same file system."""
        return self.path if self._exists else self.path.parent

    def refuse_taken(self, template: Path) -> None:
        """Refuse a place that holds something, cannot be made, or lies in the template itself."""
        if template in (self.path, *self.path.parents):
            raise TargetError(f"{self.given} is inside the template: choose a place outside of it")
        if self.given.is_symlink() and not self.given.exists():
            raise TargetError(
                f"{self.given} is a link to nothing: remove it, or choose another path"
            )
        for place in (self.path, *self.path.parents):
            if place.exists() and not place.is_dir():
                raise TargetError(f"{place} is a file, not a folder: choose another path")
        if self._exists and not self.existing:
            self._refuse_full()

    @contextmanager
    def staged(self, finish: Callable[[], None] = lambda: None) -> Generator[Path]:
        """Yield a folder to fill beside the target; put it in place, or leave nothing behind.

        What is to be finished in a repository that was there already, is a part of that.
        """
        made: list[Path] = []
        staging: Path | None = None
        try:
            with ignored():
                self._make_parents(made)
                staging = Path(tempfile.mkdtemp(prefix=".groundplan-", dir=self.home))
            yield staging / self.path.name
            with ignored():
                self._publish(staging / self.path.name, finish)
                made.clear()
        except OSError as error:
            raise machine_error(error, f"the service in {self.given}") from error
        finally:
            with ignored():
                _remove(staging, made)

    def _refuse_full(self, *ours: Path) -> None:
        try:
            found = sorted(entry.name for entry in self.path.iterdir() if entry not in ours)
        except OSError as error:
            raise machine_error(error, f"a look into {self.given}") from error
        if found:
            more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
            raise TargetError(
                f"{self.given} is not empty, it holds {', '.join(found[:_NAMED])}{more}: "
                "choose a new path or an empty folder"
            )

    def _make_parents(self, made: list[Path]) -> None:
        missing = [folder for folder in self.home.parents if not folder.exists()]
        for folder in (*reversed(missing), self.home):
            if not folder.exists():
                folder.mkdir()
                made.append(folder)

    def _publish(self, folder: Path, finish: Callable[[], None]) -> None:
        if self.existing:
            with self.existing.taking(folder, folder.with_name(f"{folder.name}.before")):
                finish()
            return
        if self._exists:
            self._refuse_full(folder.parent)
            _move_content(folder, self.path)
            return
        try:
            folder.rename(self.path)
        except OSError as error:
            if error.errno in _TAKEN:
                raise TargetError(f"{self.given} was made by someone else meanwhile") from error
            raise


def _move_content(source: Path, destination: Path) -> None:
    """Move every entry, or none: a folder that someone stands in, or a mount, stays itself."""
    moved: list[str] = []
    try:
        for entry in sorted(source.iterdir()):
            entry.replace(destination / entry.name)
            moved.append(entry.name)
    except BaseException:
        for name in moved:
            (destination / name).replace(source / name)
        raise


def _remove(staging: Path | None, made: list[Path]) -> None:
    if staging is not None:
        shutil.rmtree(staging, ignore_errors=True)
    for folder in reversed(made):
        with suppress(OSError):
            folder.rmdir()
