"""The terminal at which a command is called."""

import sys
import termios
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def unseen() -> Generator[None]:
    """Do not show what is typed too early: it may be the password that is asked for next."""
    if not sys.stdin.isatty():
        yield
        return
    before = termios.tcgetattr(sys.stdin)
    hidden = [*before[:3], before[3] & ~termios.ECHO, *before[4:]]
    termios.tcsetattr(sys.stdin, termios.TCSANOW, hidden)
    try:
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSANOW, before)
