"""Run a command with a server: `python -m scripts.with_valkey VARIABLE COMMAND`.

VARIABLE takes the server's URL, unless it has one.
"""

import sys

from scripts.local import call, load_environment
from scripts.valkey import provided_valkey


def main(variable: str, command: list[str]) -> int:
    """Return the command's exit status."""
    load_environment()
    with provided_valkey(variable):
        return call(command)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
