"""Whether a platform can see that the service lives and is ready."""

import ast
from collections.abc import Iterator
from pathlib import Path

from generator.check.findings import Finding, Level
from generator.check.subject import Subject

_PROBES = ("/healthz", "/readyz")
_NAME = "probes"


def check_probes(subject: Subject) -> Iterator[Finding]:
    """Look for the paths in the code of the service."""
    missing = set(_PROBES) - {text for path in _modules(subject.folder) for text in _texts(path)}
    for probe in sorted(missing):
        yield Finding(_NAME, Level.ERROR, f"the service has no {probe}: a platform asks for it")
    if not missing:
        yield Finding(_NAME, Level.FINE, f"the service has {' and '.join(_PROBES)}")


def _modules(folder: Path) -> Iterator[Path]:
    return (path for path in (folder / "app").rglob("*.py") if path.is_file())


def _texts(path: Path) -> Iterator[str]:
    try:
        tree = ast.parse(path.read_bytes())
    except (SyntaxError, ValueError, RecursionError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
