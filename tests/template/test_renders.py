"""What holds for every render: nothing of the template shows, and the code keeps its measures."""

import ast
import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from statistics import median

import pytest

from tests.harness.code import annotations, branches, functions, length
from tests.harness.projects import Project, service_imports

LAYERS = (
    {"__main__", "main"},
    {"api", "cli", "commands", "tasks"},
    {"dependencies"},
    {"services"},
    {"repositories"},
    {"models"},
    {"schemas"},
    {"upstreams"},
    {"core"},
    {"config"},
)
"""A module of the service imports from its own layer and from those below."""

STORAGE = {"alembic", "sqlalchemy", "sqlmodel", "tortoise"}
"""Only the layers that store anything know what they store it with."""

Modules = dict[str, ast.Module]


@pytest.fixture(scope="module")
def modules(projects: Mapping[str, Project]) -> Modules:
    """Give each Python file that occurs in some variant once for each of its contents."""
    return {
        f"{name} ({variant})": module
        for (name, _), (variant, module) in {
            (name, project.texts[name]): (variant, module)
            for variant, project in projects.items()
            for name, module in project.modules.items()
        }.items()
    }


def test_nothing_is_left_unrendered(projects: Mapping[str, Project]) -> None:
    places = {name: list(project.unrendered()) for name, project in projects.items()}

    assert {name: found for name, found in places.items() if found} == {}


def test_texts_end_with_one_newline(projects: Mapping[str, Project]) -> None:
    """Gathered files tend to grow blank lines at their end."""
    crooked = {
        name
        for project in projects.values()
        for name, text in project.texts.items()
        if text and (not text.endswith("\n") or text.endswith("\n\n"))
    }
    assert crooked == set()


def test_functions_are_short(modules: Modules) -> None:
    lengths = {
        f"{name}: {function.name}": length(function)
        for name, module in modules.items()
        for function in functions(module)
    }
    assert {name: lines for name, lines in lengths.items() if lines > 40} == {}
    assert median(lengths.values()) <= 10


def test_functions_have_few_branches(modules: Modules) -> None:
    assert {
        f"{name}: {function.name}": branches(function)
        for name, module in modules.items()
        for function in functions(module)
        if branches(function) > 3
    } == {}


def test_signatures_are_typed_without_any(modules: Modules) -> None:
    untyped = {
        f"{name}: {function.name}"
        for name, module in modules.items()
        for function in functions(module)
        for annotation in annotations(function)
        if annotation is None or re.search(r"\bAny\b", ast.unparse(annotation))
    }
    assert untyped == set()


def test_modules_are_small(projects: Mapping[str, Project]) -> None:
    """A test module, which lists cases, may be twice as long, and a migration, which lists tables."""
    lines = defaultdict[str, int](int)
    for project in projects.values():
        for name in project.modules:
            lines[name] = max(lines[name], len(project.texts[name].splitlines()))

    limits = {name: 300 if name.startswith(("tests/", "migrations/versions/")) else 150 for name in lines}
    assert {name: count for name, count in lines.items() if count > limits[name]} == {}
    assert lines["app/main.py"] <= 40


def test_imports_run_downwards(projects: Mapping[str, Project]) -> None:
    wrong = {
        f"{name} imports {module}"
        for project in projects.values()
        for name, imported in project.imports.items()
        if name.startswith("app/")
        for module in imported
        if module.startswith("app.") and rank(module) < rank(name.replace("/", "."))
    }
    assert wrong == set()


def test_no_migration_replaces_another(projects: Mapping[str, Project]) -> None:
    """Two of one message and one minute have files of their own."""
    settings = [project.texts["alembic.ini"] for project in projects.values() if "alembic.ini" in project.texts]
    assert settings
    assert all("%%(rev)s" in text for text in settings)


def test_migrations_stand_alone(projects: Mapping[str, Project]) -> None:
    """A module of the service may move; what once happened to the tables stays as it was."""
    assert {
        f"{name} ({variant})": service_imports(imported)
        for variant, project in projects.items()
        for name, imported in project.imports.items()
        if name.startswith("migrations/versions/") and service_imports(imported)
    } == {}


def test_contracts_name_each_layer_and_room(projects: Mapping[str, Project]) -> None:
    """What import-linter is not told of, it does not hold."""
    for name, project in projects.items():
        layers, rooms, _ = contracts(project)

        assert set(layers["layers"]) == children(project, "app"), name
        assert set(rooms["modules"]) == {
            f"app.core.{each}" for each in children(project, "app/core", packages=True)
        }, name


def test_only_storage_knows_its_library(projects: Mapping[str, Project]) -> None:
    wrong = {
        f"{name} imports {module}"
        for project in projects.values()
        for name, imported in project.imports.items()
        if name.startswith(("app/api/", "app/dependencies/", "app/schemas/", "app/services/"))
        for module in imported
        if module.split(".")[0] in STORAGE
    }
    assert wrong == set()


def test_services_do_not_know_http(projects: Mapping[str, Project]) -> None:
    wrong = {
        f"{name} imports {module}"
        for project in projects.values()
        for name, imported in project.imports.items()
        if name.startswith(("app/services/", "app/repositories/", "app/models/"))
        for module in imported
        if module.split(".")[0] in {"fastapi", "starlette"}
    }
    assert wrong == set()


def contracts(project: Project) -> list[dict[str, list[str]]]:
    """Read what the service's own linter of imports holds."""
    document = tomllib.loads(project.texts["pyproject.toml"])
    found: list[dict[str, list[str]]] = document["tool"]["importlinter"]["contracts"]
    return found


def children(project: Project, folder: str, *, packages: bool = False) -> set[str]:
    """List the modules and packages of a package, or its packages alone."""
    inside = (name.removeprefix(f"{folder}/") for name in project.modules if name.startswith(f"{folder}/"))
    return {each.split("/")[0].removesuffix(".py") for each in inside if "/" in each or not packages} - {
        "__init__"
    }


def rank(module: str) -> int:
    """Find the layer of ``app.LAYER...``; a module of an unknown layer is a mistake."""
    layer = module.removesuffix(".py").split(".")[1]
    return next(number for number, layers in enumerate(LAYERS) if layer in layers)
