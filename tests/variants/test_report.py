"""The table says what became of each stage, also of those that were not reached."""

import json
from pathlib import Path

import pytest

from tests.harness.report import VariantTable, aligned, rows
from tests.harness.results import Results
from tests.harness.stages import STAGES
from tests.harness.variants import Variant, variant_with

BY_NAME = {stage.name: stage for stage in STAGES}


@pytest.fixture
def variant() -> Variant:
    return variant_with(database="sqlite", celery=False)


@pytest.fixture
def results(variant: Variant) -> Results:
    """A variant that was generated and could not be installed."""
    results = Results(variant.name, "3.11")
    with results.timed(BY_NAME["generate"]):
        pass
    with pytest.raises(pytest.fail.Exception), results.timed(BY_NAME["install"]):
        raise AssertionError("no space left")
    return results


def test_what_needs_a_failed_stage_is_not_reached(results: Results, variant: Variant) -> None:
    assert results.is_reached(BY_NAME["traces"], variant)
    assert not results.is_reached(BY_NAME["lint"], variant)


def test_what_does_not_apply_is_no_obstacle(variant: Variant) -> None:
    """Without a database there is nothing to migrate before the service boots."""
    bare = Variant({"orm": "none", "ci": "none", "python_version": "3.11"})
    results = Results(bare.name, "3.11")
    with results.timed(BY_NAME["production"]):
        pass

    assert results.is_reached(BY_NAME["boot"], bare)
    assert not results.is_reached(BY_NAME["boot"], variant)


def test_files(results: Results, tmp_path: Path) -> None:
    table = VariantTable(tmp_path / "reports")
    results.skip(BY_NAME["lint"])
    table.variants.append(results.as_document())
    table.write()

    (written,) = json.loads((tmp_path / "reports/variants.json").read_text())["variants"]
    outcomes = {stage["stage"]: stage["outcome"] for stage in written["stages"]}
    assert outcomes == {"generate": "passed", "install": "failed", "lint": "not reached"}
    assert "no space left" in (tmp_path / "reports/variants.md").read_text()


def test_lines(results: Results) -> None:
    header, line = aligned(rows([results.as_document()]))

    assert header.split()[:4] == ["variant", "Python", "generate", "traces"]
    assert line.split()[:4] == [results.variant, "3.11", "0.0", "FAILED"]
    assert len(header) == len(line)
