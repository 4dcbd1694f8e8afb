"""What today's index gives for a service: resolved once in a session for each pyproject.toml."""

import json
import os
import tomllib
from pathlib import Path
from typing import Any, Final, cast

from tests.harness.commands import CommandError, environment, run, uv
from tests.harness.renders import locked
from tests.harness.trees import summed

SESSION: Final = "GROUNDPLAN_PROOF_SESSION"
"""The variable that names the folder which the processes of one session share."""


def session() -> Path:
    """Give the folder that this session's processes share."""
    return Path(os.environ[SESSION])


def resolved(pyproject: Path) -> dict[str, str]:
    """Name the versions that a service gets, as its `make setup` would lock them."""
    text = pyproject.read_bytes()
    folder = session() / summed([("pyproject.toml", text)])[:20]
    folder.mkdir(exist_ok=True)
    known = folder / "versions.json"
    with locked(folder / "lock"):
        if not known.exists():
            (folder / "pyproject.toml").write_bytes(text)
            known.write_text(json.dumps(asked(folder)))
    return cast("dict[str, str]", json.loads(known.read_text()))


def asked(folder: Path) -> dict[str, str]:
    """Ask the index; where it has no answer, `make setup` will say so, and nothing is proven."""
    try:
        run(uv(), "lock", "--quiet", folder=folder, variables=environment())
    except CommandError as error:
        return {"unresolved": str(error)}
    return versions((folder / "uv.lock").read_text())


def versions(lock: str) -> dict[str, str]:
    """Read the versions out of a lock; one package may have several, each for other markers."""
    listed = cast("list[dict[str, Any]]", tomllib.loads(lock).get("package", []))
    found: dict[str, list[str]] = {}
    for each in listed:
        found.setdefault(each["name"], []).append(each.get("version", ""))
    return {name: " ".join(sorted(all_of_it)) for name, all_of_it in sorted(found.items())}
