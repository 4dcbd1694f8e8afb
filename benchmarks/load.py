"""Load a server with wrk when it is installed, else with the generator in this folder."""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from benchmarks.processes import BenchmarkError, user_environment

HERE = Path(__file__).parent
CONNECTIONS = 16
BUSY_LIMIT = 0.9
NO_HEADERS: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True)
class Load:
    """Hold what one slice of load measured."""

    rps: float
    p50_ms: float
    p99_ms: float
    requests: int
    failures: int
    busy: float | None = None


def generator_name() -> str:
    """Name the load generator that this machine has."""
    return "wrk" if shutil.which("wrk") else "benchmarks/loadgen.py"


def command(
    port: int, path: str, seconds: float, body: str | None, headers: Mapping[str, str]
) -> list[str]:
    """Build the command line of the generator; wrk counts in whole seconds, and only reads."""
    wrk = shutil.which("wrk")
    lines = [f"{name}: {value}" for name, value in headers.items()]
    if wrk is None or body is not None:
        given = [json.dumps(lines), *([] if body is None else [body])]
        script = str(HERE / "loadgen.py")
        return [sys.executable, script, str(port), path, str(CONNECTIONS), str(seconds), *given]
    options = [
        "-t1",
        f"-c{CONNECTIONS}",
        f"-d{max(1, round(seconds))}s",
        "-s",
        str(HERE / "wrk.lua"),
        *(word for line in lines for word in ("-H", line)),
    ]
    return [wrk, *options, f"http://127.0.0.1:{port}{path}"]


def load(
    port: int,
    path: str,
    seconds: float,
    body: str | None = None,
    headers: Mapping[str, str] = NO_HEADERS,
) -> Load:
    """Load one path for so long; a response other than 200 or 201 is an error."""
    done = subprocess.run(
        command(port, path, seconds, body, headers),
        env=user_environment(),
        capture_output=True,
        text=True,
        timeout=seconds + 30,
        check=False,
    )
    if done.returncode:
        raise BenchmarkError(f"the load generator failed: {done.stderr[-500:]}")
    result = Load(**json.loads(done.stdout.strip().splitlines()[-1]))
    if result.failures:
        raise BenchmarkError(f"{path}: {result.failures} of {result.requests} requests failed")
    return result
