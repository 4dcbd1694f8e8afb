"""The report says what became of each stage, also of those that were not reached or not run."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.harness.coverage import covered
from tests.harness.places import ROOT
from tests.harness.proofs import Proof
from tests.harness.report import VariantTable, aligned, rows
from tests.harness.results import Results
from tests.harness.stages.table import STAGES, stages_of
from tests.harness.variant import Variant
from tests.harness.variants import asked, variant_of, variant_with, variants

BY_NAME = {stage.name: stage for stage in STAGES}
SCHEMA = ROOT / "docs" / "variants.schema.json"


@pytest.fixture
def variant() -> Variant:
    return variant_with(database="sqlite", celery=False)


@pytest.fixture
def results(variant: Variant) -> Results:
    """A variant that was generated and could not be installed."""
    results = empty(variant)
    with results.timed(BY_NAME["generate"]):
        pass
    with pytest.raises(pytest.fail.Exception), results.timed(BY_NAME["install"]):
        raise AssertionError("no space left")
    return results


def empty(variant: Variant) -> Results:
    return Results(variant, "3.11", [stage.name for stage in stages_of(variant)])


def validate(report: Path) -> None:
    """Hold a report against the schema that is published."""
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", SCHEMA, report]
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stdout


def test_what_needs_a_failed_stage_is_not_reached(results: Results) -> None:
    assert results.is_reached(BY_NAME["traces"])
    assert not results.is_reached(BY_NAME["lint"])


def test_what_does_not_apply_is_no_obstacle(variant: Variant) -> None:
    """Without a database there is nothing to migrate before the service boots."""
    for each, reached in ((variant_of(asked({"orm": "none"})), True), (variant, False)):
        results = empty(each)
        with results.timed(BY_NAME["production"]):
            pass

        assert results.is_reached(BY_NAME["boot"]) is reached


def test_files(results: Results, tmp_path: Path) -> None:
    table = VariantTable(tmp_path / "reports")
    results.skip(BY_NAME["lint"])
    table.variants.append(results.as_document())
    table.write()

    validate(tmp_path / "reports/variants.json")
    (written,) = json.loads((tmp_path / "reports/variants.json").read_text())["variants"]
    outcomes = {stage["stage"]: stage["outcome"] for stage in written["stages"]}
    assert outcomes == {"generate": "passed", "install": "failed", "lint": "not reached"}
    assert "no space left" in (tmp_path / "reports/variants.md").read_text()


def test_what_is_proven(variant: Variant, tmp_path: Path) -> None:
    """It says since when, and the row is as old as its oldest stage."""
    results = empty(variant)
    moments = ["2026-11-29T01:02:03.004Z", "2026-11-28T01:02:03.004Z"]
    for moment, stage in zip(moments, stages_of(variant), strict=False):
        results.take(Proof(variant.name, stage.name, moment, seconds=2.0))
    with results.timed(BY_NAME["lint"]):
        pass
    table = VariantTable(tmp_path)
    table.variants.append(results.as_document())
    table.write()

    validate(tmp_path / "variants.json")
    document = json.loads((tmp_path / "variants.json").read_text())
    (row,) = document["variants"]
    assert row["proven_at"] == moments[1]
    assert row["answers"] == dict(variant.answers)
    assert [each["outcome"] for each in row["stages"]] == ["proven", "proven", "passed"]
    assert document["stages"][0] == {
        "stage": "generate",
        "ran": 0,
        "proven": 1,
        "seconds": 0.0,
        "saved": 2.0,
    }
    assert next(line for line in rows([row])[1:])[2:4] == ["=", "="]


def test_the_schema_refuses(results: Results, tmp_path: Path) -> None:
    """A stage that passed without saying when, and a member that nobody knows."""
    report = tmp_path / "variants.json"
    table = VariantTable(tmp_path)
    table.variants.append(results.as_document())
    for change in ({"proven_at": ""}, {"colour": "red"}):
        document = table.write()
        document["variants"][0]["stages"][0] |= change
        report.write_text(json.dumps(document))
        with pytest.raises(AssertionError, match="stages"):
            validate(report)
        table.variants = [results.as_document()]


def test_what_is_covered() -> None:
    """`make test` holds every pair and each combination of its product; the whole table more."""
    counts = {each["interactions"]: each for each in covered(row.answers for row in variants())}

    assert all(each["this_run"] == each["table"] for each in counts.values())
    for name in ("combinations of orm, database and auth", "pairs of values"):
        assert counts[name]["table"] == counts[name]["whole_table"]
    triples = counts["triples of values"]
    assert int(triples["table"]) < int(triples["whole_table"])


def test_lines(results: Results) -> None:
    header, line = aligned(rows([results.as_document()]))

    assert header.split()[:4] == ["variant", "Python", "generate", "traces"]
    assert line.split()[:4] == [results.variant, "3.11", "0.0", "FAILED"]
    assert len(header) == len(line)
