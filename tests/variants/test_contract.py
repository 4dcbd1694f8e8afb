"""A running service does what its OpenAPI document says, whatever it is sent."""

import json
import re
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.harness.commands import environment, run
from tests.harness.covering import Row
from tests.harness.renders import Renders
from tests.harness.stages.installing import stage_install, stage_production
from tests.harness.stages.migrating import stage_migrate
from tests.harness.stages.rendering import stage_generate
from tests.harness.variants import variant_with
from tests.harness.workbench import workbench

SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")
CONFIGURATION = Path(__file__).with_name("schemathesis.toml")


CASES: Final[dict[str, Row]] = {
    "none": {"auth": "none", "sample": "items"},
    "both": {"auth": "both", "sample": "items"},
    "added": {"orm": "sqlalchemy", "auth": "both", "uploads": "disk", "events": True},
}
"""What may be asked for; the last is of routes that a service has on request."""
BRIEF: Final = {"LIVE_LIFETIME": "0.2"}
"""A stream of events ends before the client is out of patience."""


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_contract(renders: Renders, tmp_path: Path, case: str) -> None:
    variant = variant_with(database="postgresql", celery=False, **CASES[case])
    with workbench(variant, tmp_path, renders) as bench:
        for stage in (stage_generate, stage_install, stage_production, stage_migrate):
            stage(bench)
        variables = {"LOG_FORMAT": "json", "ENVIRONMENT": "development", **BRIEF, **bench.platform}
        server = bench.serve("make", "run", folder=bench.project, **variables)
        # a key, since no request can sign it out
        key = bench.identity.key if "api_key" in variant.features else {}

        said = run(
            *(SCHEMATHESIS, "--config-file", CONFIGURATION, "run", f"{server.url}/openapi.json"),
            *(word for name in key for word in ("--header", f"{name}: {key[name]}")),
            folder=tmp_path,
            variables=environment(),
        )

        server.stop()
        assert re.search(r"(\d+) generated, \1 passed", said), said
        errors = [line for line in server.lines() if json.loads(line)["level"] == "error"]
        assert errors == []
