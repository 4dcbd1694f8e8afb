"""Gather points: every fragment is gathered, and Jinja stays out of Python code."""

import ast
import re
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from tests.harness import overlays


GATHERING_PYTHON = {
    "app/__init__.py",
    "app/api/health.py",
    "app/api/v1/__init__.py",
    "app/api/v1/items.py",
    "app/api/v1/orders.py",
    "app/api/v1/products.py",
    "app/cli.py",
    "app/config/app.py",
    "app/config/auth.py",
    "app/config/settings.py",
    "app/config/tasks.py",
    "app/core/database.py",
    "app/core/lifespan.py",
    "app/models/__init__.py",
    "app/models/order.py",
    "app/repositories/order.py",
    "app/schemas/order.py",
    "app/schemas/permission.py",
    "app/schemas/role.py",
    "app/tasks/registry.py",
    "migrations/versions/0001_initial.py",
    "scripts/dev.py",
    "tests/api/test_access.py",
    "tests/conftest.py",
    "tests/support/client.py",
}
"""The only Python files with Jinja in them: those that gather, and those that name the project."""

PYTHON_TEMPLATES = [s for s in overlays.sources() if s.path.name.endswith(".py.jinja")]


def test_every_fragment_is_gathered() -> None:
    patterns = {escaped(each) for path in overlays.templates() for each in overlays.includes(path)}

    orphans = [
        fragment.address
        for fragment in overlays.fragments()
        if not any(fnmatchcase(fragment.address, pattern) for pattern in patterns)
    ]
    assert orphans == []


def test_every_gather_point_has_a_fragment() -> None:
    """``ignore missing`` hides a misspelt name."""
    addresses = [fragment.address for fragment in overlays.fragments()]

    for path in overlays.templates():
        for pattern in overlays.includes(path):
            assert any(fnmatchcase(each, escaped(pattern)) for each in addresses), (path, pattern)


def escaped(pattern: str) -> str:
    """Keep the braces, and take only the stars for wildcards."""
    return pattern.replace("[", "[[]")


@pytest.mark.parametrize("fragment", overlays.fragments(), ids=lambda each: each.address)
def test_fragment_ends_its_line(fragment: overlays.Fragment) -> None:
    """Except where a template joins fragments within a line, the next would run into it."""
    text = fragment.path.read_text()

    assert text.endswith("\n") or text.count("\n") == 0


def test_python_with_jinja_is_on_the_list() -> None:
    assert {source.destination for source in PYTHON_TEMPLATES} == GATHERING_PYTHON


@pytest.mark.parametrize("source", PYTHON_TEMPLATES, ids=lambda each: each.destination)
def test_no_jinja_in_a_function(source: overlays.Source) -> None:
    """Blanked out, the template is Python, and no function of it spans a statement of Jinja."""
    assert functions_with_jinja(source.path) == []


def test_functions_are_not_in_fragments() -> None:
    """A function is read in its file."""
    assert [
        fragment.address
        for fragment in overlays.fragments()
        if fragment.path.suffix == ".py"
        and re.search(r"^\s*(async )?def ", fragment.path.read_text(), re.MULTILINE)
    ] == []


def functions_with_jinja(path: Path) -> list[str]:
    """Name the functions that span a statement of Jinja; a value in braces may stand in one."""
    text = path.read_text()
    marked = {n for n, line in enumerate(text.splitlines(), 1) if re.search(r"\{[%#]", line)}
    return [
        node.name
        for node in ast.walk(ast.parse(blanked(text)))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and marked.intersection(range(node.lineno, (node.end_lineno or 0) + 1))
    ]


def blanked(text: str) -> str:
    """Put names for expressions and nothing for statements, line by line."""
    return re.sub(r"\{[%#].*?[%#]\}", "", re.sub(r"\{\{.*?\}\}", "_", text))
