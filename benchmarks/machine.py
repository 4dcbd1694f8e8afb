"""Describe the machine that a figure comes from."""

import os
import platform
from pathlib import Path

from benchmarks import cores

CPUINFO = Path("/proc/cpuinfo")


def cpu_model() -> str:
    """Name the processor."""
    if CPUINFO.exists():
        for line in CPUINFO.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def describe() -> dict[str, str]:
    """Return the machine's line, word by word."""
    return {
        "cpu": cpu_model(),
        "cores": str(len(cores.available())),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "load before": f"{os.getloadavg()[0]:.1f}",
    }


def line(words: dict[str, str]) -> str:
    """Write the machine's line."""
    return " · ".join(f"{name} {value}" for name, value in words.items())
