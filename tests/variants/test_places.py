"""A resource of one's own, with all that belongs to it, wants no edit of a file of the template."""

from pathlib import Path
from typing import Final, cast

import pytest
import yaml

from tests.harness.places import ROOT
from tests.harness.renders import Renders
from tests.harness.stages.installing import stage_install
from tests.harness.stages.rendering import stage_generate
from tests.harness.trees import contents
from tests.harness.variants import variant_with
from tests.harness.workbench import workbench

RESOURCE: Final = ROOT / "tests/variants/own_things.yml"
PLACES: Final = {
    ".env.example",
    "app/config/own.py",
    "app/core/own.py",
    "tests/own.py",
    "tests/api/own.py",
}
"""What somebody edits, of all that was generated."""


def add_things(service: Path, orm: str) -> None:
    """Follow the README."""
    steps = cast("dict[str, dict[str, str]]", yaml.safe_load(RESOURCE.read_text()))
    for name, text in (steps["all"] | steps[orm]).items():
        path = service / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    with (service / ".env.example").open("a") as variables:
        variables.write("# How many things somebody may have.\nTHINGS_MOST=3\n")


@pytest.mark.slow
@pytest.mark.parametrize("orm", ["sqlalchemy", "sqlmodel", "tortoise"])
def test_resource(renders: Renders, tmp_path: Path, orm: str) -> None:
    variant = variant_with(orm=orm, database="sqlite", auth="jwt", celery=True, broker="redis")
    with workbench(variant, tmp_path, renders) as bench:
        stage_generate(bench)
        generated = contents(bench.project)
        add_things(bench.project, orm)
        stage_install(bench)
        bench.make("migration", "m=add things", **bench.address)

        now = contents(bench.project)
        assert {name for name in generated if now.get(name) != generated[name]} == PLACES
        assert "Hello, things." in bench.make("check", **bench.address, **bench.test_server)
        assert "make greet" in bench.make("help")
