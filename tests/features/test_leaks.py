"""What counts as a trace of a feature."""

from pathlib import Path

import pytest

from tests.harness.leaks import Marks
from tests.harness.projects import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A small project that has to do with items and with Redis."""
    (tmp_path / "app").mkdir()
    (tmp_path / "app/main.py").write_text("from app.core import cache\nfor a in b.items(): ...\n")
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nname = "a"\ndependencies = ["Redis_Client[tls]>=8"]\n'
        '[dependency-groups]\ndev = ["fakeredis"]\n'
    )
    (tmp_path / ".env.example").write_text("# Where Redis is\nREDIS_URL=\n")
    (tmp_path / ".copier-answers.yml").write_text("celery: true\n")
    return Project(tmp_path)


@pytest.mark.parametrize(
    ("marks", "trace"),
    [
        (Marks(words=frozenset({"redis"})), "the word 'redis' in .env.example:1: # Where Redis is"),
        (Marks(words=frozenset({"main"})), "the word 'main' in app/main.py"),
        (Marks(modules=frozenset({"app.core.cache"})), "the module app.core.cache in app/main.py"),
        (Marks(packages=frozenset({"redis-client"})), "the package redis-client in pyproject.toml"),
        (Marks(packages=frozenset({"fakeredis"})), "the package fakeredis in pyproject.toml"),
        (Marks(variables=frozenset({"REDIS_URL"})), "the variable REDIS_URL in .env.example:2: "),
        (Marks(paths=frozenset({"app"})), "the path app/main.py"),
    ],
    ids=["word", "path-word", "module", "package", "dev-package", "variable", "path"],
)
def test_found(project: Project, marks: Marks, trace: str) -> None:
    assert any(found.startswith(trace) for found in marks.found_in(project))
    assert list(marks.missing_from(project)) == []


@pytest.mark.parametrize(
    "marks",
    [
        Marks(words=frozenset({"items"})),  # the method of a mapping
        Marks(words=frozenset({"celery"})),  # the answers themselves
        Marks(words=frozenset({"edis"})),
        Marks(modules=frozenset({"app.core.cached"})),
        Marks(packages=frozenset({"redis"})),
        Marks(variables=frozenset({"REDIS"})),
        Marks(paths=frozenset({"app/main"})),
    ],
    ids=["method", "answers", "part", "module", "package", "variable", "path"],
)
def test_not_found(project: Project, marks: Marks) -> None:
    assert list(marks.found_in(project)) == []
    assert len(list(marks.missing_from(project))) == 1
