"""The service's commands, as processes of their own."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

from tests.support.server import ROOT


async def command(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Call one as a script does, in a folder where there is no ``.env``."""
    return await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "app.cli", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
