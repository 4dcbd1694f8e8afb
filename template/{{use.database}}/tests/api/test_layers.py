"""The routes: they fetch, call and return. What an import shows of that, `make lint` tells."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.support.findings import expect_none

ROOT: Final = Path(__file__).parents[2]


def routes() -> Iterator[tuple[str, ast.Module]]:
    """Read the modules with routes."""
    for path in sorted((ROOT / "app/api/v1").rglob("*.py")):
        yield str(path.relative_to(ROOT)), ast.parse(path.read_text())


def models(module: ast.Module) -> set[str]:
    """Name the models that a module imports."""
    imports = (node for node in ast.walk(module) if isinstance(node, ast.ImportFrom))
    return {
        alias.asname or alias.name
        for node in imports
        if (node.module or "").startswith("app.models")
        for alias in node.names
    }


def worked_with(module: ast.Module, names: set[str]) -> Iterator[tuple[int, str]]:
    """Find where a name is called, or asked for something; an annotation does neither."""
    for node in ast.walk(module):
        match node:
            case ast.Attribute(value=ast.Name(id=name)) | ast.Call(func=ast.Name(id=name)):
                if name in names:
                    yield node.lineno, name
            case _:
                pass


def ended(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Find where a transaction is ended."""
    for node in ast.walk(module):
        match node:
            case ast.Call(func=ast.Attribute(attr="commit" | "rollback" as name)):
                yield node.lineno, name
            case _:
                pass


class TestRoutes:
    def test_no_queries(self) -> None:
        expect_none(
            f"{path}:{line} works with the table of {name}: put that into app/repositories/"
            for path, module in routes()
            for line, name in worked_with(module, models(module))
        )

    def test_no_transactions(self) -> None:
        expect_none(
            f"{path}:{line} calls {name}(): the request's transaction is committed before the "
            "answer is sent, by nobody but its owner"
            for path, module in routes()
            for line, name in ended(module)
        )
