"""What a key holds: one byte of any kind of input makes the stages run that depend on it."""

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.harness import keys as subject
from tests.harness import resolving, versions
from tests.harness.closure import closure, code, imports, packages
from tests.harness.keys import RUNNER, inputs, keys
from tests.harness.leaks import Marks, marks
from tests.harness.places import ANSWERS_FILE, ROOT
from tests.harness.renders import Renders
from tests.harness.services import Service
from tests.harness.stage import Stage
from tests.harness.stages.table import STAGES, stages_of
from tests.harness.variant import Variant
from tests.harness.variants import variant_with

pytestmark = pytest.mark.slow  # the index is asked
NAMES = {stage.name for stage in STAGES}
LIVED = {"walk", "tasks", "stop", "rollback"}
"""The stages that see the walk, or what it left."""


@pytest.fixture
def variant() -> Variant:
    return variant_with(database="postgresql", celery=True, broker="redis")


@pytest.fixture
def tree(renders: Renders, variant: Variant, tmp_path: Path) -> Path:
    """Its files, to be changed."""
    return renders.copy(variant.answers, tmp_path / "tree")


@pytest.fixture
def before(variant: Variant, tree: Path) -> dict[str, str]:
    """The keys of all stages before anything is changed."""
    return keys(inputs(variant, tree), STAGES)


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    """Name the stages that run again."""
    assert before.keys() == after.keys() == NAMES
    return {name for name in before if before[name] != after[name]}


def one_byte(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b" ")


class TestTree:
    @pytest.mark.parametrize("name", ["README.md", "app/main.py", "gunicorn.conf.py", "Makefile"])
    def test_one_byte(
        self, before: dict[str, str], variant: Variant, tree: Path, name: str
    ) -> None:
        one_byte(tree / name)

        assert changed(before, keys(inputs(variant, tree), STAGES)) == NAMES

    def test_a_new_file(self, before: dict[str, str], variant: Variant, tree: Path) -> None:
        (tree / "app" / "new.py").touch()

        assert changed(before, keys(inputs(variant, tree), STAGES)) == NAMES

    def test_a_permission(self, before: dict[str, str], variant: Variant, tree: Path) -> None:
        (tree / "Makefile").chmod(0o755)

        assert changed(before, keys(inputs(variant, tree), STAGES)) == NAMES

    def test_the_answers_alone(self, before: dict[str, str], variant: Variant, tree: Path) -> None:
        """A new question that is answered by its default changes nothing but that file."""
        one_byte(tree / ANSWERS_FILE)
        more = replace(variant, answers={**variant.answers, "cache": False}, name="another")

        assert changed(before, keys(inputs(more, tree), STAGES)) == set()

    def test_nothing_that_is_rendered_reads_the_answers(self, tree: Path) -> None:
        """Only what people read names that file, so no stage can depend on it."""
        paths = (path for path in tree.rglob("*") if path.is_file() and path.name != ANSWERS_FILE)
        naming = {path.name for path in paths if ANSWERS_FILE in path.read_text()}

        assert naming <= {"README.md", "AGENTS.md"}


class TestQuestionnaire:
    def test_what_is_on(self, before: dict[str, str], variant: Variant, tree: Path) -> None:
        """The walk chooses by it, though no file may differ."""
        more = replace(variant, features=variant.features | {"something_new"})

        assert changed(before, keys(inputs(more, tree), STAGES)) == NAMES

    def test_what_the_template_renders(
        self, renders: Renders, before: dict[str, str], variant: Variant, tmp_path: Path
    ) -> None:
        """A changed questionnaire is seen where it changes a file."""
        shutil.rmtree(tmp_path / "tree")
        other = {**variant.answers, "description": "Another description"}
        tree = renders.copy(other, tmp_path / "tree")

        assert changed(before, keys(inputs(variant, tree), STAGES)) == NAMES

    def test_what_a_feature_is_known_by(
        self,
        before: dict[str, str],
        variant: Variant,
        tree: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """Traces are looked for in every row when a word is added, and nothing else runs."""
        word = replace(marks("mysql"), words=marks("mysql").words | {"percona"})

        def with_word(feature: str) -> Marks:
            return word if feature == "mysql" else marks(feature)

        monkeypatch.setattr("tests.harness.stages.rendering.marks", with_word)

        assert changed(before, keys(inputs(variant, tree), STAGES)) == {"traces"}


class TestVersions:
    @pytest.mark.parametrize("kind", ["packages", "servers", "machine"])
    def test_each(self, variant: Variant, tree: Path, kind: str) -> None:
        found = inputs(variant, tree)
        known: dict[str, str] = getattr(found, kind)
        assert len(known) > 1

        for name, version in known.items():
            other = replace(found, **{kind: {**known, name: f"{version}1"}})
            assert changed(keys(found, STAGES), keys(other, STAGES)) == NAMES, name

    def test_the_servers_are_those_that_it_may_use(self, variant: Variant, tree: Path) -> None:
        assert inputs(variant, tree).servers.keys() == {"PostgreSQL", "Redis"}

    def test_the_interpreter(
        self,
        before: dict[str, str],
        variant: Variant,
        tree: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def newer(_: Path) -> str:
            return "3.13.99 3.50.0"

        monkeypatch.setattr(subject, "interpreter_version", newer)

        assert changed(before, keys(inputs(variant, tree), STAGES)) == NAMES

    def test_the_interpreter_is_exact(self, variant: Variant, tree: Path) -> None:
        assert inputs(variant, tree).python.count(".") >= 4  # Python's, and that of its SQLite

    def test_the_index(self, before: dict[str, str], tree: Path) -> None:
        """What a service gets is asked for once in a session, for the same pyproject.toml."""
        folder = next(each for each in resolving.session().iterdir() if each.is_dir())
        assert (folder / "versions.json").is_file()
        found = resolving.resolved(tree / "pyproject.toml")
        assert {"fastapi", "sqlalchemy", "ruff", "pyright"} <= found.keys()
        assert before

    def test_a_lock(self) -> None:
        lock = '[[package]]\nname = "a"\nversion = "1"\n\n[[package]]\nname = "b"\nversion = "2"\n'

        assert resolving.versions(lock) == {"a": "1", "b": "2"}

    def test_a_server_that_is_not_there(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """It has a key of its own, so what was proven with it is not taken for proven."""

        def missing(_: Service) -> None:
            return None

        monkeypatch.setattr(Service, "find", missing)
        versions.server_version.cache_clear()

        assert versions.servers(frozenset({"mysql"})) == {"MySQL": "not there"}
        versions.server_version.cache_clear()


class TestHarness:
    """The stages that run again are those that import what was changed, and those after them."""

    @pytest.fixture
    def again(
        self,
        before: dict[str, str],
        variant: Variant,
        tree: Path,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> Callable[[str], set[str]]:
        """Change a byte of a module in a copy of this repository, and name them."""
        root = tmp_path / "root"
        for folder in ("tests", "generator"):
            left_out = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / folder, root / folder, ignore=left_out)

        def harness(module: str) -> dict[str, object]:
            modules = closure([module, RUNNER], root)
            return {"code": code(modules), "packages": packages(modules)}

        def change(path: str) -> set[str]:
            one_byte(root / path)
            monkeypatch.setattr(subject, "harness", harness)
            return changed(before, keys(inputs(variant, tree), STAGES))

        return change

    def test_nothing(self, again: Callable[[str], set[str]]) -> None:
        assert again("tests/variants/test_table.py") == set()

    def test_the_module_of_a_stage(self, again: Callable[[str], set[str]]) -> None:
        assert again("tests/harness/stages/walking.py") == LIVED

    def test_what_it_imports(self, again: Callable[[str], set[str]]) -> None:
        assert again("tests/harness/walk_items.py") == LIVED

    def test_what_that_imports(self, again: Callable[[str], set[str]]) -> None:
        assert again("tests/harness/walk.py") == LIVED | {"docs", "servers", "verbs"}

    def test_what_judges_the_log(self, again: Callable[[str], set[str]]) -> None:
        found = again("tests/harness/logs.py")

        assert {"stop", "tasks", "docs"} <= found
        assert found.isdisjoint({"install", "lint", "format", "types", "tests", "models"})

    def test_what_all_are_run_by(self, again: Callable[[str], set[str]]) -> None:
        assert again("tests/harness/workbench.py") == NAMES

    def test_the_runner(self, again: Callable[[str], set[str]]) -> None:
        assert again("tests/harness/proving.py") == NAMES

    def test_a_package(self, again: Callable[[str], set[str]]) -> None:
        """It is executed before its modules."""
        assert again("tests/harness/__init__.py") == NAMES

    def test_what_only_makes_the_table(self, again: Callable[[str], set[str]]) -> None:
        assert again("tests/harness/growth.py") == set()
        assert again("generator/__init__.py") == set()


class TestClosure:
    def test_other_code_of_this_repository(self) -> None:
        found = closure(["tests.harness.options"])

        assert {"tests.harness.places", "generator"} <= found.keys()
        assert any(name.startswith("generator.") for name in found)

    def test_versions_of_others(self) -> None:
        """What a stage talks to a service with is a package, and so is what that needs."""
        found = packages(closure(["tests.harness.walk"]))

        assert {"httpx2", "httpcore2", "pytest"} <= found.keys()
        assert "copier" not in found

    def test_a_relative_import(self, tmp_path: Path) -> None:
        (tmp_path / "module.py").write_text("from . import other\n")

        with pytest.raises(ValueError, match="whole name"):
            imports(tmp_path / "module.py")

    def test_nothing_is_imported_behind_its_back(self) -> None:
        hidden = ("import_module(", "__import__(", "exec(", "spec_from_file")
        modules = closure([RUNNER, *(stage.run.__module__ for stage in STAGES)])
        texts = {name: path.read_text() for name, path in modules.items()}

        assert [name for name in texts if any(each in texts[name] for each in hidden)] == []


def test_what_else_is_read_of_this_repository() -> None:
    """Who knows a place in it could judge by a file that is in no key: each is accounted for."""
    known = {
        "tests.harness.places",
        "tests.harness.renders",  # the render is in the key
        "tests.harness.overlays",  # the features, whose marks are `reads` of the traces
        "tests.harness.commands",  # where uv may be, whose version is in the key
    }
    modules = closure([RUNNER, *(stage.run.__module__ for stage in STAGES)])
    places = re.compile(r"\b(ROOT|TEMPLATE|QUESTIONNAIRE|__file__)\b")

    assert {name for name, path in modules.items() if places.search(path.read_text())} == known


def test_a_stage_holds_what_goes_before_it(variant: Variant, tree: Path) -> None:
    """Whatever it needs is in its key, and so on to the first."""
    found = inputs(variant, tree)
    by_name = {stage.name: stage for stage in STAGES}
    for stage in STAGES:
        for earlier in (*stage.needs, *stage.after):
            assert list(by_name).index(earlier) < list(by_name).index(stage.name)
            other = [with_reads(each, each.name == earlier) for each in STAGES]
            assert stage.name in changed(keys(found, STAGES), keys(found, other))


def with_reads(stage: Stage, differs: bool) -> Stage:
    """Let a stage judge by something else."""
    return replace(stage, reads=lambda: "something else") if differs else stage


def test_keys_do_not_depend_on_the_order_of_sets(variant: Variant, tree: Path) -> None:
    found = inputs(variant, tree)

    assert keys(found, stages_of(variant)).items() <= keys(found, STAGES).items()
    assert json.loads(json.dumps(found.features)) == sorted(variant.features)
