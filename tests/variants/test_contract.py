"""A running service does what its OpenAPI document says, whatever it is sent."""

import json
import re
import sys
from pathlib import Path

import pytest

from tests.harness.commands import environment, run
from tests.harness.renders import Renders
from tests.harness.stages import stage_generate, stage_install, stage_migrate
from tests.harness.variants import variant_with
from tests.harness.workbench import workbench

SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")
CONFIGURATION = Path(__file__).with_name("schemathesis.toml")


@pytest.mark.slow
def test_contract(renders: Renders, tmp_path: Path) -> None:
    variant = variant_with("postgresql", "sample_items")
    with workbench(variant, tmp_path, renders) as bench:
        for stage in (stage_generate, stage_install, stage_migrate):
            stage(bench)
        server = bench.serve(
            "make", "run", folder=bench.project, LOG_FORMAT="json", **bench.address
        )

        said = run(
            *(SCHEMATHESIS, "--config-file", CONFIGURATION, "run", f"{server.url}/openapi.json"),
            folder=tmp_path,
            variables=environment(),
            timeout=120,
        )

        server.stop()
        assert re.search(r"(\d+) generated, \1 passed", said), said
        errors = [line for line in server.lines() if json.loads(line)["level"] == "error"]
        assert errors == []
