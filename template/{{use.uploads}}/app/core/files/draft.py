"""A file on its way in."""

import fcntl
import os
from contextlib import suppress
from hashlib import sha256
from io import BufferedWriter
from pathlib import Path
from threading import Lock
from typing import Final

from app.core.files.errors import storage_errors

PART: Final = ".part"
"""Behind the name of a file that is not complete."""
PRIVATE: Final = 0o600


class Draft:
    """A file that is written beside its place, and moved there once it is complete.

    Until it is closed it is locked, so that nobody takes it for one that was left behind; the
    lock ends with the process, however that ends. Methods wait for the disk: they belong in
    threads, where each waits for the one before.
    """

    def __init__(self, path: Path) -> None:
        self.stored_name = path.name
        self.size = 0
        self._path = path
        self._part = path.with_suffix(PART)
        self._digest = sha256()
        self._turn = Lock()
        with storage_errors():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file = locked(self._part)

    @property
    def sha256(self) -> str:
        """Give the digest of what was written, in hexadecimal."""
        return self._digest.hexdigest()

    def write(self, data: bytes) -> None:
        """Append; raise StorageFullError or UnavailableError."""
        with self._turn, storage_errors():
            self._file.write(data)
            self._digest.update(data)
            self.size += len(data)

    def keep(self) -> None:
        """Move it to its place, and return once that outlasts a power failure."""
        with self._turn, storage_errors():
            self._file.flush()
            os.fsync(self._file.fileno())
            self._part.rename(self._path)
            sync_folder(self._path.parent)

    def discard(self) -> None:
        """Leave nothing of it."""
        with self._turn, storage_errors():
            self._part.unlink(missing_ok=True)
            self._path.unlink(missing_ok=True)

    def close(self) -> None:
        """Give up the lock."""
        with self._turn, suppress(OSError):  # what could not be written was told before
            self._file.close()


def locked(path: Path) -> BufferedWriter:
    """Make a file and lock it, again if somebody has tidied it away in between."""
    while True:
        file = os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE), "wb")
        fcntl.flock(file, fcntl.LOCK_EX)
        if os.fstat(file.fileno()).st_nlink:
            return file
        file.close()


def sync_folder(folder: Path) -> None:
    """Have a new name outlast a power failure: it is a part of its folder (fsync(2))."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
