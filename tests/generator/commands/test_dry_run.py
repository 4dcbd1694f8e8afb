"""`groundplan new --dry-run`."""

import json
from pathlib import Path

from tests.generator.support import Invoke, names
from tests.harness.trees import contents


class TestText:
    def test_tree(self, invoke: Invoke, place: Path) -> None:
        outcome = invoke("new", "made", "--dry-run", "--defaults")

        assert outcome.code == 0
        assert outcome.out == (
            f"{place}/made would get 4 files. Nothing is written.\n"
            "\n"
            "made/\n"
            "  .copier-answers.yml\n"
            "  README.md            base\n"
            "  app/\n"
            "    disk.py            disk\n"
            "    main.py            base\n"
            "\n"
            "What each feature adds\n"
            "  base  The ground.\n"
            "      files: 2\n"
            "  store\n"
            "      files: none of its own, its part in shared ones\n"
            "  disk  Keeps things on disk.\n"
            "      files: 1\n"
            "      packages: disklib\n"
            "      variables: DISK\n"
            "  box\n"
            "      files: none of its own, its part in shared ones\n"
        )

    def test_nothing_is_written(self, invoke: Invoke, place: Path) -> None:
        assert invoke("new", "a/b/made", "--dry-run", "--defaults").code == 0
        assert names(place) == []

    def test_target_is_checked(self, invoke: Invoke, place: Path) -> None:
        (place / "file").touch()

        assert invoke("new", "file", "--dry-run", "--defaults").code == 4


class TestJson:
    def test_shape(self, invoke: Invoke, place: Path, toy: Path) -> None:
        outcome = invoke("new", "made", "--dry-run", "--json", "--store", "none")

        assert json.loads(outcome.out) == {
            "path": f"{place}/made",
            "template": str(toy),
            "answers": {
                "name": "toy",
                "slug": "toy",
                "store": "none",
                "cache": False,
                "proxy": False,
                "box": True,
            },
            "files": [".copier-answers.yml", "README.md", "app/main.py"],
            "replaced": [],
            "features": [
                {
                    "name": "base",
                    "description": "The ground.",
                    "packages": [],
                    "variables": [],
                    "files": ["README.md", "app/main.py"],
                },
                {
                    "name": "box",
                    "description": "",
                    "packages": [],
                    "variables": [],
                    "files": [],
                },
            ],
        }

    def test_same_files_as_the_real_thing(self, invoke: Invoke, place: Path) -> None:
        planned = json.loads(invoke("new", "made", "--dry-run", "--json", "--cache").out)["files"]

        assert invoke("new", "made", "--no-git", "--defaults", "--cache").code == 0
        assert planned == sorted(contents(place / "made"))
