"""app.core.modules: what a package holds."""

import sys
from pathlib import Path

import pytest

from app.core.modules import find, modules

FILES = {
    "__init__.py": "",
    "pens.py": "PEN = 3\n",
    "inks.py": "from shop_of_the_tests.pens import PEN\n\nINK = 1\n",
    "accounts/__init__.py": "ACCOUNTS = 5\n",
    "accounts/keys.py": "KEY = 2\n",
    "desks/oak.py": "OAK = 4\n",
}

FOUND = ["inks", "pens", "accounts", "accounts.keys", "desks", "desks.oak"]
"""Also what a folder's own file holds, and what a folder holds that has no such file."""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A package of the tests."""
    for name, text in FILES.items():
        path = tmp_path / "shop_of_the_tests" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    return "shop_of_the_tests"


class TestModules:
    def test_folders_come_last(self, package: str) -> None:
        found = [module.__name__ for module in modules(package)]

        assert found == [f"{package}.{name}" for name in FOUND]


class TestFind:
    def test_each_once(self, package: str) -> None:
        """Also what one module imports from another."""
        assert sorted(find(package, int)) == [1, 2, 3, 4, 5]
