"""Run the worker or beat alone, with what they need: `make worker`, `make beat`."""

import sys
from collections.abc import Mapping
from typing import Final

from scripts.dev import STEPS, Step, run, server
from scripts.tasks import beat, worker

PROCESSES: Final[Mapping[str, Step]] = {"worker": worker, "beat": beat}


def main(name: str) -> int:
    """Take the steps of `make dev` that run no process of the service, and one that does."""
    needs = [step for step in STEPS if step not in (server, *PROCESSES.values())]
    return run([*needs, PROCESSES[name]])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
