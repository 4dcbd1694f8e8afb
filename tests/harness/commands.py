"""Running other programs, in an environment that holds nothing of ours."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from tests.harness.places import ROOT

OURS: Final = ("PYTHON", "PYTEST", "VIRTUAL_ENV", "CONDA", "MAKE", "MFLAGS", "UV_", "GIT_", "TEST_")
"""How the names of variables begin that steer this process and must not steer its children."""

UV_OF_ITS_OWN: Final = ("UV_CACHE_DIR", "UV_DEFAULT_INDEX", "UV_INDEX", "UV_OFFLINE")
"""What a machine may have set up for uv."""

OF_THE_MACHINE: Final = (
    *("PATH", "HOME", "TMPDIR"),
    *("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"),
    *("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"),
    *("PIP_INDEX_URL", "PIP_CONFIG_FILE", *UV_OF_ITS_OWN),
)
"""What a service is given of the machine: where programs, its user and the package index are."""

LONGEST: Final = 600.0
TAIL: Final = 60


class CommandError(AssertionError):
    """A program did not end as it should. Shows how it was called and the end of what it said."""


def environment(**variables: str) -> dict[str, str]:
    """Give the variables for a child: the machine's own, and those that are named.

    What marks a run in CI is left out too: the service is used as by a developer on a laptop.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in UV_OF_ITS_OWN or not (name.startswith(OURS) or name == "CI")
    }
    return {**kept, "PATH": f"{uv().parent}{os.pathsep}{kept['PATH']}", **variables}


def empty_environment(**variables: str) -> dict[str, str]:
    """Give the variables for a program of a service, which finds nothing set that is not named."""
    kept = {name: os.environ[name] for name in OF_THE_MACHINE if name in os.environ}
    return {**kept, "PATH": f"{uv().parent}{os.pathsep}{kept['PATH']}", **variables}


def run(
    *command: str | Path,
    folder: Path,
    variables: Mapping[str, str],
    timeout: float = LONGEST,
    stdin: str = "",
) -> str:
    """Run a program to its end, and give what it printed; it must exit with 0."""
    shown = " ".join(Path(command[0]).name if part is command[0] else str(part) for part in command)
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=dict(variables),
            input=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=timeout,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise CommandError(f"`{shown}` took longer than {timeout:.0f} s") from error
    if done.returncode != 0:
        raise CommandError(f"`{shown}` ended with {done.returncode}:\n{tail(done.stdout)}")
    return done.stdout


def tail(text: str) -> str:
    """Give the last lines of an output."""
    return "\n".join(text.splitlines()[-TAIL:])


@cache
def uv() -> Path:
    """Find uv where the Makefile takes it from: on the PATH, else in an environment of its own."""
    found = shutil.which("uv") or shutil.which("uv", path=str(ROOT / ".tools/bin"))
    if found is None:
        raise FileNotFoundError("uv is neither on the PATH nor in .tools: run make setup")
    return Path(found)
