"""Gather points: every fragment is gathered, and Jinja stays out of Python code."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from itertools import chain
from pathlib import Path

import pytest
from jinja2 import nodes

from tests.harness import overlays
from tests.harness.options import offered

GATHERING_PYTHON = {
    "app/__init__.py",
    "app/api/cached.py",
    "app/api/v1/item.py",
    "app/api/errors.py",
    "app/api/layers.py",
    "app/api/v1/files.py",
    "app/api/v1/items.py",
    "app/api/v1/orders.py",
    "app/api/v1/predictions.py",
    "app/api/v1/products.py",
    "app/config/app.py",
    "app/config/auth.py",
    "app/config/redis.py",
    "app/config/settings.py",
    "app/config/tasks.py",
    "app/core/database/session.py",
    "app/core/http/server.py",
    "app/core/lifespan.py",
    "app/models/file.py",
    "app/models/order.py",
    "app/repositories/file.py",
    "app/repositories/order.py",
    "app/schemas/item.py",
    "app/schemas/order.py",
    "migrations/versions/0001_initial.py",
    "scripts/dev.py",
    "tests/api/test_access.py",
    "tests/conftest.py",
    "tests/support/client.py",
}
"""The only Python files with Jinja in them: those that gather, and those that name the project."""

STATEMENTS = {
    "migrations/versions/0001_initial.py": "what it imports follows from the tables that there are",
    "tests/support/client.py": "a function has what is gathered within a line",
}
"""The Python files with more of Jinja's statements than the import of the macros, and why."""

IMPORT = re.compile(r'{% from "template/.feature/gather.jinja" import [a-z, ]+ with context %}\n')

UNORDERED = {"dependencies", "dev_dependencies", "session"}
"""Points whose entries could be in any order, so they are sorted."""

PYTHON_TEMPLATES = [s for s in overlays.sources() if s.path.name.endswith(".py.jinja")]


def test_everything_is_gathered() -> None:
    patterns = {escaped(each) for path in overlays.templates() for each in overlays.includes(path)}

    assert [
        address
        for address in overlays.addresses()
        if not any(fnmatchcase(address, pattern) for pattern in patterns)
    ] == []


def test_every_gather_point_is_supplied() -> None:
    """The macros take a feature without a fragment for granted, so they hide a misspelt name."""
    addresses = overlays.addresses()

    for path in overlays.templates():
        for pattern in overlays.includes(path):
            assert any(fnmatchcase(each, escaped(pattern)) for each in addresses), (path, pattern)


def owner(path: Path) -> str:
    return path.relative_to(overlays.MACROS.parent).as_posix()


class TestData:
    """What features contribute as data, in ``contributes.yml``."""

    @pytest.mark.parametrize("path", overlays.contributions(), ids=owner)
    def test_has_each_point_once_and_sorted(self, path: Path) -> None:
        """YAML takes the last of two equal keys without a word."""
        points = re.findall(r"^(\S+):", path.read_text(), re.MULTILINE)

        assert points == sorted({*points})

    @pytest.mark.parametrize("path", overlays.contributions(), ids=owner)
    def test_has_each_entry_once(self, path: Path) -> None:
        entries = re.findall(r"^\S+:|^  .+", path.read_text(), re.MULTILINE)
        places = [f"{point}{entry}" for point, entry in placed(entries)]

        assert sorted(places) == sorted({*places})

    def test_points_have_one_shape(self) -> None:
        """Either entries have a key everywhere, or nowhere."""
        shapes = defaultdict[str, set[type]](set)
        for points in overlays.contributions().values():
            for point, entries in points.items():
                shapes[point].add(type(entries))

        assert {point for point, found in shapes.items() if len(found) > 1} == set()
        assert {*chain(*shapes.values())} <= {dict, list}

    @pytest.mark.parametrize("point", sorted(UNORDERED))
    def test_what_has_no_order_is_sorted(self, point: str) -> None:
        lists = [points[point] for points in overlays.contributions().values() if point in points]

        assert lists == [sorted(entries, key=unversioned) for entries in lists]


def unversioned(entry: str) -> str:
    return re.split(r"[\[<>=;]", entry)[0]


def placed(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Give each entry's key or value with its point."""
    point = ""
    for line in lines:
        if line.startswith(" "):
            yield point, line if line.startswith("  - ") else line.split(":")[0]
        else:
            point = line


def test_nothing_is_gathered_by_hand() -> None:
    """One macro is the only way to write it."""
    assert [
        f"{path}:{node.lineno}"
        for path in overlays.templates()
        for node in overlays.parse(path).find_all((nodes.Include, nodes.For))
        if isinstance(node, nodes.Include) or "features" in names(node.iter)
    ] == []


def names(node: nodes.Node) -> set[str]:
    return {
        each.name for each in (node, *node.find_all(nodes.Name)) if isinstance(each, nodes.Name)
    }


def test_no_answer_is_hidden_from_fragments() -> None:
    """What a macro calls its arguments and variables, a fragment sees in place of an answer."""
    taken = names(overlays.parse(overlays.GATHER)) - {"features"}

    assert taken.intersection(offered().questionnaire.names) == set()


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


def test_python_has_no_statement_of_jinja_but_the_import() -> None:
    texts = [(each.destination, IMPORT.sub("", each.path.read_text())) for each in PYTHON_TEMPLATES]

    assert {destination for destination, text in texts if re.search("{[%#]", text)} == {*STATEMENTS}


@pytest.mark.parametrize("source", PYTHON_TEMPLATES, ids=lambda each: each.destination)
def test_no_jinja_in_a_function(source: overlays.Source) -> None:
    """Blanked out, the template is Python, and no function of it spans more than a value."""
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
    """Name the functions that span a statement of Jinja or gather; a value may stand in one."""
    text = path.read_text()
    gathering = "|".join(overlays.macros())
    jinja = re.compile(rf"\{{[%#]|\{{\{{-? ({gathering})\(")
    marked = {n for n, line in enumerate(text.splitlines(), 1) if jinja.search(line)}
    return [
        node.name
        for node in ast.walk(ast.parse(blanked(text)))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and marked.intersection(range(node.lineno, (node.end_lineno or 0) + 1))
    ]


def blanked(text: str) -> str:
    """Put names for values, and nothing for statements and what has lines of its own."""
    text = re.sub(r"^ *\{\{-? \w+\(.*?\) \}\}$", lines_of, text, flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"\{\{.*? \}\}|\{\{.*?\}\}", "_", text)
    return re.sub(r"\{[%#].*?[%#]\}", "", text)


def lines_of(match: re.Match[str]) -> str:
    return "\n" * match[0].count("\n")
