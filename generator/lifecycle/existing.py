"""A repository that is there already, as a forge makes it: the service is put into it, on top.

What is committed there and made by the template too is replaced, since git keeps it. What is not
committed is nobody's to replace, so it refuses the run. Everything else stays.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from generator.errors import TargetError
from generator.lifecycle import git
from generator.lifecycle.dotenv import OWN

_NAMED = 5


@dataclass(frozen=True)
class Existing:
    """Name the folder of a repository."""

    folder: Path

    @classmethod
    def at(cls, folder: Path) -> Existing | None:
        """Return the repository whose top a folder is, if it is one."""
        if not os.path.lexists(folder / ".git") or not git.installed():
            return None
        top = git.run(folder, "rev-parse", "--show-toplevel")
        if top.returncode:
            raise TargetError(f"{folder} is no sound git repository: git says {git.reason(top)}")
        return cls(folder) if Path(top.stdout.removesuffix("\n")).resolve() == folder else None

    def refuse_service(self, answers_file: str) -> None:
        """Refuse a repository that holds a service: a new one would undo what was made of it."""
        if (self.folder / answers_file).exists():
            raise TargetError(
                f"{self.folder} holds a service already: update it with `copier update`, "
                "or choose another place"
            )

    def replaced_by(self, files: Iterable[str]) -> tuple[str, ...]:
        """Name the committed files that some new ones replace; refuse the others in the way."""
        wanted = [name for name in files if name != OWN]
        blocked = sorted({name for file in wanted if (name := self._blocking(file))})
        if blocked:
            raise TargetError(
                f"{_listed(blocked)} in {self.folder} cannot be replaced, because the service has "
                "a folder where it has a file, or the other way round: move it away"
            )
        there = [name for name in wanted if os.path.lexists(self.folder / name)]
        committed = self._committed()
        unsaved = [name for name in there if name not in committed]
        if unsaved:
            raise TargetError(
                f"{_listed(unsaved)} in {self.folder} would be replaced and is not committed: "
                "commit or move it first, so that git keeps it"
            )
        return tuple(there)

    @contextmanager
    def taking(self, folder: Path, aside: Path) -> Generator[None]:
        """Move a new service into the repository; take all of it back if the block fails."""
        moves: list[tuple[Path, Path]] = []
        made: list[Path] = []
        with self._index_kept():
            try:
                for name in _files(folder):
                    self._take(folder, name, aside, moves, made)
                yield
            except BaseException:
                for source, destination in reversed(moves):
                    destination.rename(source)
                for parent in reversed(made):
                    with suppress(OSError):
                        parent.rmdir()
                raise

    def _take(
        self,
        folder: Path,
        name: str,
        aside: Path,
        moves: list[tuple[Path, Path]],
        made: list[Path],
    ) -> None:
        old, kept = self.folder / name, aside / name
        if os.path.lexists(old):
            if name == OWN:
                return
            kept.parent.mkdir(parents=True, exist_ok=True)
            old.rename(kept)
            moves.append((old, kept))
        for parent in reversed([each for each in old.parents if not each.exists()]):
            parent.mkdir()
            made.append(parent)
        (folder / name).rename(old)
        moves.append((folder / name, old))

    def _committed(self) -> set[str]:
        """Name the files that are as the last commit has them."""
        known = git.run(self.folder, "ls-tree", "-r", "-z", "--name-only", "HEAD")
        changed = git.run(self.folder, "diff", "--name-only", "--no-renames", "-z", "HEAD", "--")
        if known.returncode or changed.returncode:
            return set()
        return {*known.stdout.split("\0")} - {*changed.stdout.split("\0")}

    def _blocking(self, file: str) -> str | None:
        """Name what is no folder where a file needs one, or a folder where the file goes."""
        *parents, _ = (self.folder / file).relative_to(self.folder).parts
        place = self.folder
        for part in parents:
            place /= part
            if place.is_symlink() or (place.exists() and not place.is_dir()):
                return place.relative_to(self.folder).as_posix()
        own = self.folder / file
        return file if own.is_dir() and not own.is_symlink() else None

    @contextmanager
    def _index_kept(self) -> Generator[None]:
        """Put git's index back as it was, if the block fails."""
        said = git.run(self.folder, "rev-parse", "--git-path", "index").stdout.removesuffix("\n")
        index = self.folder / said
        before = index.read_bytes() if index.exists() else None
        try:
            yield
        except BaseException:
            if before is None:
                index.unlink(missing_ok=True)
            else:
                index.write_bytes(before)
            raise


def _files(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_dir():
            yield path.relative_to(folder).as_posix()


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
