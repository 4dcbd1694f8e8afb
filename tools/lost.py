"""`python -m tools.lost REF`: what the proof held at a commit, and holds no more.

It compares tests, stages, planted faults and checks by what they say, wherever they stand. What is
printed was taken out or said otherwise, and wants a reason; the exit code is 1 then.
"""

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
Texts = dict[str, str]
Held = Counter[tuple[str, str]]


def then(ref: str) -> Texts:
    """Read the proof at a commit."""
    names = git("ls-tree", "-r", "--name-only", ref, "tests").splitlines()
    return {name: git("show", f"{ref}:{name}") for name in names if name.endswith(".py")}


def today() -> Texts:
    """Read the proof as it lies here."""
    paths = sorted((ROOT / "tests").rglob("*.py"))
    return {path.relative_to(ROOT).as_posix(): path.read_text() for path in paths}


def held(texts: Texts) -> Held:
    """Count what there is of each kind."""
    return Counter(each for name, text in texts.items() for each in found(name, ast.parse(text)))


def found(name: str, module: ast.Module) -> Iterator[tuple[str, str]]:
    """List what one module holds."""
    is_harness = name.startswith("tests/harness/")
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("stage_") and is_harness:
            yield "stage", node.name
        elif isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not is_harness:
            yield "test", f"{name}::{node.name}"
        elif isinstance(node, ast.Call) and called(node) == "Fault" and node.args:
            yield "fault", ast.unparse(node.args[0])
        elif is_check(node) and is_harness:
            yield "check", ast.unparse(node)


def is_check(node: ast.AST) -> bool:
    """Whether something can fail there: an assertion, or a request with the answer it must have."""
    return isinstance(node, ast.Assert) or (
        isinstance(node, ast.Call) and called(node).startswith(("expect", "check_", "refuse_"))
    )


def called(node: ast.Call) -> str:
    """Name what is called."""
    return ast.unparse(node.func).rpartition(".")[2]


def lost(before: Held, after: Held) -> list[str]:
    """Name what there is less of."""
    return [f"{kind}: {what}" for kind, what in sorted((before - after).elements())]


def number(side: Held, kind: str) -> int:
    """Count what there is of one kind."""
    return sum(count for (each, _), count in side.items() if each == kind)


def git(*arguments: str) -> str:
    """Ask git."""
    command = ["git", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout


def main() -> int:
    """Compare a commit with what lies here."""
    if len(sys.argv) != 2:  # noqa: PLR2004 - the program and its one argument
        print((__doc__ or "").partition(":")[0], file=sys.stderr)
        return 2
    before, after = held(then(sys.argv[1])), held(today())
    for kind in ("test", "stage", "fault", "check"):
        print(f"{kind}s: {number(before, kind)} before, {number(after, kind)} now")
    missing = lost(before, after)
    for each in missing:
        print(each)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
