"""docs/architecture.md: its lists are those of the template, and its floors those of the command."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.docs.markdown import section, table
from tests.harness import overlays
from tests.harness.options import offered
from tests.harness.places import ROOT
from tests.harness.renders import Renders
from tests.harness.variants import Variant, variants

PAGE: Final = (ROOT / "docs" / "architecture.md").read_text()
GATHER_POINTS: Final = table(section(PAGE, "Gather points"))
PORTS: Final = table(section(PAGE, "Ports, not products"))
COMPUTED: Final = table(section(PAGE, "The one trick"))
FLOORS: Final = table(section(PAGE, "The command"))


def gathered(source: overlays.Source) -> Iterator[tuple[str, str]]:
    """Name what a file gathers, from the feature's folder on, each with the column that has it."""
    for pattern in overlays.includes(source.path):
        folder, _, name = pattern.removeprefix("template/{{use.*}}/").rpartition(".feature/")
        point = name.removeprefix(f"{overlays.CONTRIBUTES}#")
        yield "fragments" if point == name else "entries", folder + point


def defined(path: Path) -> set[str]:
    """Name what a module offers: what it defines, assigns or passes on."""
    names: set[str] = set()
    for node in ast.parse(path.read_text()).body:
        match node:
            case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                names.add(node.name)
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                names.add(name)
            case ast.ImportFrom(names=passed_on):
                names |= {alias.asname or alias.name for alias in passed_on}
            case _:
                pass
    return names


def test_computed_answers() -> None:
    computed = [each for each in offered().evaluator.questionnaire.questions if each.computed]

    assert [row["answer"] for row in COMPUTED] == [question.name for question in computed]


def test_floors() -> None:
    document = tomllib.loads((ROOT / "pyproject.toml").read_text())
    held = next(
        each for each in document["tool"]["importlinter"]["contracts"] if each["id"] == "floors"
    )
    packages = {path.parent.name for path in (ROOT / "generator").glob("*/__init__.py")}

    named = [row["floor"] for row in FLOORS]

    assert named == [layer for layer in held["layers"] if layer in packages]
    assert packages == {*named}


def test_gather_points() -> None:
    listed = {
        (row["shared file"], column, each)
        for row in GATHER_POINTS
        for column in ("entries", "fragments")
        for each in row[column].split(", ")
        if each
    }
    actual = {
        (source.destination, column, each)
        for source in overlays.sources()
        if source.is_template
        for column, each in gathered(source)
    }

    assert listed == actual
    assert [row["shared file"] for row in GATHER_POINTS] == sorted({path for path, *_ in listed})


def supplied() -> Iterator[tuple[dict[str, str], Variant]]:
    """Give each port with each of the variants that have it."""
    for port in PORTS:
        inside = set(re.findall(r"inside of (\w+)", port["supplied by"])) or {"database"}
        for variant in variants():
            if inside <= variant.features:
                yield port, variant


def test_every_port_is_in_a_variant() -> None:
    found = [port["module"] for port, _ in supplied()]

    assert {port["module"] for port in PORTS} == {*found}


@pytest.mark.parametrize(("port", "variant"), list(supplied()), ids=str)
def test_ports(renders: Renders, port: dict[str, str], variant: Variant) -> None:
    names = port["names"].split(", ")

    assert defined(renders.get(variant.answers) / port["module"]).issuperset(names)
