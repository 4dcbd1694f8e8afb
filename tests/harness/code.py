"""Measures of generated code."""

import ast
from collections.abc import Iterator
from typing import TypeAlias

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef

BRANCHES = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.Try, ast.Match)
"""What forks the way. A ``try`` or a ``match`` is one fork, however many cases it tells apart."""


def functions(module: ast.Module) -> Iterator[Function]:
    """List all functions, the nested ones too."""
    for node in ast.walk(module):
        if isinstance(node, Function):
            yield node


def length(function: Function) -> int:
    """Count the lines of a body, without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def branches(function: Function) -> int:
    """Count where the way forks; a nested function counts for itself."""
    return sum(isinstance(node, BRANCHES) for node in _own_nodes(function))


def annotations(function: Function) -> Iterator[ast.expr | None]:
    """List the types of the parameters and of the result; None where there is none."""
    arguments = function.args
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    yield from (each.annotation for each in named if each.arg not in {"self", "cls"})
    yield from (each.annotation for each in (arguments.vararg, arguments.kwarg) if each)
    yield function.returns


def _own_nodes(function: Function) -> Iterator[ast.AST]:
    waiting: list[ast.AST] = [*function.body]
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, Function | ast.Lambda):
            waiting.extend(ast.iter_child_nodes(node))
