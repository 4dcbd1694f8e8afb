"""The service as a process of its own, started as in production."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
SECONDS_TO_END: Final = 60


def start_server(folder: Path, **variables: str) -> "subprocess.Popen[str]":
    """Run gunicorn in ``folder``, where there is no ``.env``."""
    return subprocess.Popen(  # noqa: S603 - ours
        [sys.executable, "-m", "app", "--config", str(ROOT / "gunicorn.conf.py")],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def listen() -> socket.socket:
    """Take a free port."""
    return socket.create_server(("127.0.0.1", 0))


def port_of(taken: socket.socket) -> str:
    """Name the port that is taken."""
    return str(taken.getsockname()[1])
