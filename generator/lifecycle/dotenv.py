"""The developer's own settings of a new service: `.env`, which git ignores."""

import os
import re
import secrets
from pathlib import Path

EXAMPLE = ".env.example"
OWN = ".env"

_EMPTY_SECRET = re.compile(r"^[A-Z_]*(?:PASSWORD|KEY)=$", re.MULTILINE)
_BYTES = 24


def begin(folder: Path) -> None:
    """Write `.env` from `.env.example`, with a fresh secret where a password or a key is empty.

    The service's own `make setup` does the same where there is no `.env`, as in a clone. A
    template without the example has no `.env` either.
    """
    example, own = folder / EXAMPLE, folder / OWN
    if not example.is_file() or own.exists():
        return
    settings = _EMPTY_SECRET.sub(
        lambda line: line[0] + secrets.token_hex(_BYTES), example.read_text(encoding="utf-8")
    )
    with os.fdopen(
        os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as file:
        file.write(settings)
