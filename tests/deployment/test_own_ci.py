"""The workflow of this repository: valid, careful, and with what the proof needs."""

import re
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from tests.deployment.test_files import BIN, complaints
from tests.harness.places import ROOT
from tests.harness.proofs import PLACE, place
from tests.harness.services import MYSQL, POSTGRESQL, RABBITMQ, REDIS
from tests.harness.shards import Shard

FOLDER: Final = ROOT / ".github" / "workflows"
TEXT: Final = (FOLDER / "ci.yml").read_text()
JOB: Final[dict[str, Any]] = yaml.safe_load(TEXT)["jobs"]["proof"]
WHOLE: Final[dict[str, Any]] = yaml.safe_load((FOLDER / "whole-table.yml").read_text())


def uses(action: str) -> dict[str, Any]:
    """Find the step that uses an action."""
    return next(step for step in JOB["steps"] if step.get("uses", "").startswith(f"{action}@"))


def test_zizmor() -> None:
    assert complaints(BIN / "zizmor", "--offline", "--pedantic", "--quiet", FOLDER) == ""


def test_schema() -> None:
    schema = "vendor.github-workflows"

    assert complaints(BIN / "check-jsonschema", "--builtin-schema", schema, *FOLDER.iterdir()) == ""


def test_least_privilege() -> None:
    assert yaml.safe_load(TEXT)["permissions"] == {}
    assert JOB["permissions"] == {"contents": "read"}


def test_actions_are_pinned() -> None:
    """By what cannot be moved, with the version beside it."""
    lines = re.findall(r"uses: (.+)", TEXT)

    assert lines
    assert [each for each in lines if not re.fullmatch(r"\S+@[0-9a-f]{40} # v[\d.]+", each)] == []


def test_servers_are_named() -> None:
    """So a missing one is a failure; each is offered at the port that is named."""
    ports = {port.partition(":")[0] for each in JOB["services"].values() for port in each["ports"]}

    named = {
        each.variable: JOB["env"][each.variable] for each in (POSTGRESQL, MYSQL, REDIS, RABBITMQ)
    }
    assert {re.findall(r":(\d+)/", url)[-1] for url in named.values()} == ports


def test_proofs_are_kept_between_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Restored from the newest run, and saved under a name of its own, also after a failure."""
    for variable in (PLACE, "XDG_CACHE_HOME"):
        monkeypatch.delenv(variable, raising=False)
    restored, saved = uses("actions/cache/restore"), uses("actions/cache/save")

    assert restored["with"]["path"] == saved["with"]["path"]
    assert Path(restored["with"]["path"]).expanduser() == place()
    assert restored["with"]["key"] == saved["with"]["key"]
    assert saved["with"]["key"].startswith(restored["with"]["restore-keys"])
    assert saved["if"] == "always()"


def test_the_whole_table_is_proven_too() -> None:
    """In parts that are all of it, each by the same job."""
    part = WHOLE["jobs"]["part"]
    shards = [Shard.parse(each) for each in part["strategy"]["matrix"]["shard"]]

    assert [each.number for each in shards] == [*range(1, shards[0].count + 1)]
    assert part["uses"] == "$/.github/workflows/ci.yml"
    assert part["with"] == {"shard": "${{ matrix.shard }}"}
    assert {"run", "if", "env"} <= next(
        step for step in JOB["steps"] if "test-whole-table" in step.get("run", "")
    ).keys()
