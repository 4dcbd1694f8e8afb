"""Hold the embedded broker from the service's own environment.

`python broker.py FOLDER` starts it, prints its URL and holds it until standard input ends.
"""

import importlib
import sys
from pathlib import Path
from typing import Any


def main(folder: str) -> None:
    """Hold it."""
    valkey: Any = importlib.import_module("scripts.valkey")
    with valkey.embedded_valkey(Path(folder)) as url:
        print(url, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1])
