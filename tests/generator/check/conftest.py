"""Services to look at, and the command that looks."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from tests.generator.presets.support import ACME, written
from tests.generator.support import Invoke
from tests.harness.renders import Renders


@dataclass(frozen=True)
class Checked:
    """What `groundplan check --json` said: its exit code, and texts by check and level."""

    code: int
    said: dict[tuple[str, str], list[str]]

    @property
    def errors(self) -> list[str]:
        return [
            text for (_, level), texts in self.said.items() if level == "error" for text in texts
        ]


Check = Callable[..., Checked]


@pytest.fixture
def service(place: Path, renders: Renders) -> Path:
    """A service of the preset acme: SQLite is locked, GitLab is proposed."""
    preset = {key: value for key, value in yaml.safe_load(ACME).items() if key != "description"}
    written(place)
    return renders.copy({"preset": preset}, place / "service")  # pyright: ignore[reportArgumentType]


@pytest.fixture
def check(invoke: Invoke, renders: Renders) -> Check:
    """Run the command, and read its JSON."""

    def run(folder: Path, *words: str) -> Checked:
        words = (*words, "--template", str(renders.template))
        outcome = invoke("check", folder, "--json", *words)
        said: dict[tuple[str, str], list[str]] = {}
        for each in json.loads(outcome.out)["findings"]:
            said.setdefault((each["check"], each["level"]), []).append(each["text"])
        return Checked(outcome.code, said)

    return run
