"""A PostgreSQL server for development and tests: nothing to install, no port, no password."""

import fcntl
import os
import shlex
import shutil
import socket
import tempfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final
from urllib.parse import quote

from scripts.postgres_programs import PostgresError, hand_over, run

PORT: Final = "5432"  # names the socket; no network port is opened
LONGEST_SOCKET_PATH: Final = 103  # bytes on macOS; Linux allows 107
SOCKET_LINE: Final = 4  # of postmaster.pid


@contextmanager
def embedded_postgres(data: Path, *options: str) -> Generator[str]:
    """Yield the URL of the database ``postgres`` of a server that keeps its files in ``data``.

    Whoever starts it may give it ``options`` of its command line.

    Processes share the server: the first starts it and the last to leave stops it. They are counted
    by a file lock, which the kernel releases even when a process is killed.
    """
    data = data.resolve()
    data.parent.mkdir(parents=True, exist_ok=True)
    with data.with_name(f"{data.name}.users").open("w") as users:
        try:
            with exclusive(data):
                fcntl.flock(users, fcntl.LOCK_SH)
                start(data, *options)
            yield server_url(data)
        finally:
            with exclusive(data):
                if is_last(users):
                    stop(data)


@contextmanager
def exclusive(data: Path) -> Generator[None]:
    """Let one process at a time start or stop the server."""
    with data.with_name(f"{data.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def is_last(users: IO[str]) -> bool:
    """Whether no other process uses the server."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def start(data: Path, *options: str) -> None:
    """Start the server unless it answers already; the first time, make its files."""
    if answers(data):
        return
    if not (data / "PG_VERSION").exists():
        create(data)
    (data / "server.log").unlink(missing_ok=True)
    # Nothing listens, so this is left from a crash. Its process id may be another program's by now,
    # which the server would take for itself; two servers on one folder it detects without the file.
    (data / "postmaster.pid").unlink(missing_ok=True)
    place = ["-h", "", "-k", str(socket_folder(data)), "-p", PORT]
    control(data, "start", "-l", str(data / "server.log"), "-o", shlex.join([*place, *options]))


def stop(data: Path) -> None:
    """Stop the server and wait until it has ended; what it has not finished, it rolls back."""
    if not (data / "postmaster.pid").exists():
        return
    folder = listening_folder(data)
    control(data, "stop", "-m", "fast")
    if folder != data:
        with suppress(OSError):
            folder.rmdir()


def create(data: Path) -> None:
    """Make the files beside ``data`` and move them there once complete."""
    draft = data.with_name(f"{data.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    hand_over(draft)
    run(
        "initdb",
        *("--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-locale"),
        *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"),
        *("--no-sync", "-D", str(draft)),
    )
    draft.rename(data)


def control(data: Path, *arguments: str) -> None:
    """Call ``pg_ctl`` and wait for its result; the server's log knows best why it is a refusal."""
    try:
        run("pg_ctl", *arguments, "-D", str(data), "--wait", "--silent")
    except PostgresError as error:
        log = data / "server.log"
        lines = log.read_text(errors="replace").splitlines() if log.exists() else []
        reasons = [line.partition("FATAL: ")[2].strip() for line in lines if "FATAL: " in line]
        explained = f"PostgreSQL cannot be started: {reasons[0]} (see {log})" if reasons else error
        raise PostgresError(str(explained)) from None


def socket_folder(data: Path) -> Path:
    """Choose the folder of the socket: ``data``, or a private short one where that is too long."""
    if len(os.fsencode(data / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET_PATH:
        return data
    folder = Path(tempfile.mkdtemp(prefix="postgres-", dir="/tmp"))  # TMPDIR may be long, too
    hand_over(folder)
    return folder


def listening_folder(data: Path) -> Path:
    """Read from the server's own notes where its socket is; it fills them in as it starts."""
    lines = (data / "postmaster.pid").read_text().splitlines()
    return Path(lines[SOCKET_LINE] or data) if len(lines) > SOCKET_LINE else data


def answers(data: Path) -> bool:
    """Whether a server listens on the socket that belongs to ``data``."""
    try:
        with socket.socket(socket.AF_UNIX) as probe:
            probe.connect(str(listening_folder(data) / f".s.PGSQL.{PORT}"))
    except OSError:
        return False
    return True


def server_url(data: Path) -> str:
    """Give the URL as libpq and asyncpg understand it."""
    return f"postgresql://postgres@/postgres?host={quote(str(listening_folder(data)))}&port={PORT}"
