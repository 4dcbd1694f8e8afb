"""Where files are kept: in one folder, under random names."""

import fcntl
import os
import re
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from secrets import token_hex
from typing import Final

from app.config.settings import Settings
from app.core.files.draft import Draft
from app.core.files.errors import storage_errors

NAME: Final = re.compile(r"[0-9a-f]{32}(\.part)?")


@dataclass(frozen=True, slots=True)
class Claim:
    """A file that is not on its way in, and stays so until this is closed."""

    path: Path
    file: BufferedReader

    def remove(self) -> None:
        """Take it away, if nobody else did."""
        self.path.unlink(missing_ok=True)

    def close(self) -> None:
        """Give it free."""
        self.file.close()


class FileStore:
    """A folder that several processes and machines may share. Methods wait for the disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def draft(self) -> Draft:
        """Begin a file under a name that nobody can guess."""
        return Draft(self.path_of(token_hex(16)))

    def path_of(self, stored_name: str) -> Path:
        """Say where a file is; its name is one that ``draft`` gave."""
        return self.folder / stored_name

    def find(self, stored_name: str) -> os.stat_result | None:
        """Look at a file, if it is there."""
        with storage_errors():
            try:
                return self.path_of(stored_name).stat()
            except FileNotFoundError:
                return None

    def head(self, stored_name: str, size: int) -> bytes | None:
        """Read the first bytes of a file, if it is there."""
        with storage_errors():
            try:
                with self.path_of(stored_name).open("rb") as file:
                    return file.read(size)
            except FileNotFoundError:
                return None

    def remove(self, stored_name: str) -> None:
        """Take a file away, if it is there."""
        with storage_errors():
            self.path_of(stored_name).unlink(missing_ok=True)

    def names(self) -> list[str]:
        """List what is there by name, also what is not complete, and nothing of others'."""
        with storage_errors(), suppress(FileNotFoundError):
            return sorted(filter(NAME.fullmatch, (each.name for each in self.folder.iterdir())))
        return []

    def claim(self, name: str) -> Claim | None:
        """Take hold of a file that is not on its way in; of none otherwise."""
        path = self.path_of(name)
        with storage_errors():
            try:
                file = path.open("rb")
            except FileNotFoundError:
                return None
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.close()
                return None
        return Claim(path, file)


@asynccontextmanager
async def files_resource(settings: Settings) -> AsyncGenerator[Mapping[str, FileStore]]:
    """Know the folder; it is made with the first file."""
    yield {"files": FileStore(settings.uploads.folder)}
