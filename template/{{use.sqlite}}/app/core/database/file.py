"""The database's file, before a connection uses it, and an end to what it is used for."""

import asyncio
import sqlite3
from contextlib import closing, suppress
from datetime import timedelta
from time import monotonic, sleep
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import aiosqlite

# asks whether changes are refused
REFUSES_CHANGES: Final = "PRAGMA query_only"

OFTEN: Final = 0.01
"""Seconds between two attempts to interrupt."""


async def prepare_file(path: str, busy_timeout: timedelta, *, uri: bool = False) -> None:
    """Make the file if it is new, and let its readers not wait for a writer (WAL).

    Raises sqlite3.Error for a file that does not open; aiosqlite would leave a thread behind.
    """
    await asyncio.to_thread(use_wal, path, busy_timeout, uri=uri)


def use_wal(path: str, busy_timeout: timedelta, *, uri: bool) -> None:
    """Switch to a WAL, which the file remembers.

    Where several processes are the first to open it, SQLite refuses that to some of them at once,
    whatever their timeout: these ask again until it has passed.
    """
    deadline = monotonic() + busy_timeout.total_seconds()
    with closing(sqlite3.connect(path, timeout=0, uri=uri)) as connection:
        while True:
            try:
                connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if not is_busy(error) or monotonic() > deadline:
                    raise
                sleep(0.01)
            else:
                return


async def interrupt(connection: "aiosqlite.Connection") -> None:
    """End what its thread is at; what it is about to begin ends as soon as it has begun."""
    try:
        last = asyncio.ensure_future(connection.execute_fetchall("SELECT 1"))
        while not last.done():
            await connection.interrupt()
            await asyncio.wait([last], timeout=OFTEN)
        last.exception()
    except ValueError:
        return  # it is closed


async def abandon(connection: "aiosqlite.Connection") -> None:
    """Let go of the lock at once: a closed connection has it until its statements are collected."""
    await interrupt(connection)
    with suppress(sqlite3.Error, ValueError):  # it may be closed
        await connection.rollback()


def is_outage(error: BaseException | None) -> bool:
    """Tell a busy, full, missing or broken file from a wrong query, which is "operational" too."""
    wrong_query = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR
    return type(error) in (sqlite3.OperationalError, sqlite3.DatabaseError) and not wrong_query


def is_aborted(_: BaseException | None) -> bool:
    """Nothing is ended for the sake of another transaction: they take turns from the beginning."""
    return False


def is_busy(error: sqlite3.Error) -> bool:
    """Tell whether others use the file; how they do is in the upper bits of the extended code."""
    return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
