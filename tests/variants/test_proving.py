"""What is proven is not run again, and nothing doubtful is ever taken for proven."""

import os
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, cast

import pytest

from tests.harness.proofs import LONGEST, MOST, PLACE, Proof, Proofs, now, place
from tests.harness.proving import due, keep, known_proofs, prove
from tests.harness.results import Results
from tests.harness.stage import Stage
from tests.harness.stages.table import STAGES
from tests.harness.variants import variants
from tests.harness.workbench import Workbench


class Subtests:
    """Says nothing, and lets every failure pass."""

    @contextmanager
    def test(self, _: str) -> Generator[None]:
        with suppress(BaseException):
            yield


class Row:
    """A row of three stages, the second of which needs the first, and the third the second."""

    def __init__(self, folder: Path) -> None:
        self.proofs = Proofs(folder / "proofs")
        self.bench = Workbench(variants()[0], folder, cast("Any", None))
        self.ran: list[str] = []
        self.outcomes: dict[str, BaseException] = {}
        self.stages = [self.stage("one"), self.stage("two", "one"), self.stage("three", "two")]
        self.keys = {stage.name: f"key-of-{stage.name}" for stage in self.stages}

    def stage(self, name: str, *needs: str) -> Stage:
        def run(_: Workbench) -> None:
            self.ran.append(name)
            if name in self.outcomes:
                raise self.outcomes[name]

        run.__name__ = f"stage_{name}"
        return Stage(run, needs)

    def run(self) -> Results:
        self.ran.clear()
        known = known_proofs(self.proofs, self.keys)
        results = prove(self.bench, self.stages, known, cast("pytest.Subtests", Subtests()))
        keep(self.proofs, self.keys, results)
        return results

    @property
    def known(self) -> set[str]:
        return {*known_proofs(self.proofs, self.keys)}


@pytest.fixture
def row(tmp_path: Path) -> Row:
    return Row(tmp_path)


class TestRuns:
    def test_cold(self, row: Row) -> None:
        results = row.run()

        assert row.ran == ["one", "two", "three"]
        assert results.proven_at
        assert row.known == {"one", "two", "three"}

    def test_warm(self, row: Row) -> None:
        first = row.run()
        second = row.run()

        assert row.ran == []
        assert [each.outcome for each in second.stages] == ["proven"] * 3
        assert [each.proven_at for each in second.stages] == [
            each.proven_at for each in first.stages
        ]
        assert second.proven_at == first.proven_at

    def test_one_changed(self, row: Row) -> None:
        """What it needs runs with it; the others do not."""
        row.stages.append(row.stage("four", "one"))
        row.keys["four"] = "key-of-four"
        row.run()
        row.keys["four"] = "another"

        results = row.run()

        assert row.ran == ["one", "four"]
        outcomes = {each.stage: each.outcome for each in results.stages}
        assert outcomes == {"one": "passed", "two": "proven", "three": "proven", "four": "passed"}

    def test_without_the_cache(self, row: Row, tmp_path: Path) -> None:
        row.run()
        row.proofs = Proofs(tmp_path / "another machine")
        row.run()

        assert row.ran == ["one", "two", "three"]


class TestNotKept:
    def test_red(self, row: Row) -> None:
        """Nor anything else of its row."""
        row.outcomes["two"] = AssertionError("wrong")

        results = row.run()

        assert [each.outcome for each in results.stages] == ["passed", "failed", "not reached"]
        assert results.proven_at is None
        assert row.known == set()

    def test_skipped(self, row: Row) -> None:
        row.outcomes["two"] = pytest.skip.Exception("no server")

        results = row.run()

        assert [each.outcome for each in results.stages] == ["passed", "skipped", "not reached"]
        assert row.known == {"one"}

    def test_flaky(self, row: Row) -> None:
        """What was red once is green by luck, until something of it changes."""
        row.outcomes["two"] = AssertionError("wrong")
        row.run()
        row.outcomes.clear()
        for _ in range(2):
            row.run()
            assert "two" in row.ran
            assert row.known == {"one", "three"}

        row.keys["two"] = "another"
        row.run()
        assert row.known == {"one", "two", "three"}

    def test_red_after_green(self, row: Row) -> None:
        """A proof that is run afresh and fails is one no longer."""
        row.run()
        keys, row.keys = row.keys, {**row.keys, "three": "another"}
        row.outcomes["two"] = AssertionError("wrong")
        row.run()
        row.keys = keys

        assert row.known == {"one", "three"}

    def test_a_crash(self, row: Row) -> None:
        row.outcomes["two"] = KeyboardInterrupt()

        assert row.run().stages[1].outcome == "failed"
        assert row.known == set()


class TestStore:
    @pytest.fixture
    def proofs(self, tmp_path: Path) -> Proofs:
        return Proofs(tmp_path)

    def test_torn(self, proofs: Proofs) -> None:
        """A file that is none is no proof, and hinders nobody."""
        proof = Proof("row", "lint", now())
        for text in ("", "{", "[]", '{"variant": 1}', '{"other": 1}'):
            (proofs.folder / "key.json").write_text(text)
            assert proofs.get("key") is None
            proofs.keep("key", proof)
            assert proofs.get("key") == proof

    def test_nowhere_to_keep_it(self, tmp_path: Path) -> None:
        """Then all is proven each time, and nothing fails for that."""
        (tmp_path / "file").touch()
        proofs = Proofs(tmp_path / "file" / "proofs")

        proofs.keep("key", Proof("row", "lint", now()))
        proofs.forget_old()

        assert proofs.get("key") is None

    def test_too_old(self, proofs: Proofs) -> None:
        proofs.keep("key", Proof("row", "lint", now()))
        long_ago = (proofs.folder / "key.json").stat().st_mtime - LONGEST - 1
        os.utime(proofs.folder / "key.json", (long_ago, long_ago))

        assert proofs.get("key") is None
        proofs.forget_old()
        assert [*proofs.folder.iterdir()] == []

    def test_too_many(self, proofs: Proofs, monkeypatch: pytest.MonkeyPatch) -> None:
        """The oldest go first."""
        assert 52 * len(STAGES) * 10 < MOST
        monkeypatch.setattr("tests.harness.proofs.MOST", 3)
        for number in range(5):
            proofs.keep(str(number), Proof("row", "lint", now()))
            moment = (proofs.folder / f"{number}.json").stat().st_mtime - 100 + number
            os.utime(proofs.folder / f"{number}.json", (moment, moment))

        proofs.forget_old()

        assert {path.stem for path in proofs.folder.iterdir()} == {"2", "3", "4"}

    @pytest.mark.parametrize(
        ("variable", "value", "expected"),
        [
            (PLACE, "/named", "/named"),
            ("XDG_CACHE_HOME", "/caches", "/caches/groundplan/proof"),
            ("HOME", "/home/dev", "/home/dev/.cache/groundplan/proof"),
        ],
    )
    def test_place(
        self, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, expected: str
    ) -> None:
        for name in (PLACE, "XDG_CACHE_HOME"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv(variable, value)

        assert place() == Path(expected)


class TestNeeds:
    """Whichever stage of the real ones is not proven, what it needs runs with it."""

    @pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.name)
    def test_each(self, stage: Stage) -> None:
        known = {each.name: Proof("row", each.name, now()) for each in STAGES if each != stage}
        running = due(STAGES, known)

        assert stage.name in running
        for each in STAGES:
            if each.name in running:
                assert running.issuperset(each.needs)
                assert running.issuperset(each.after)

    @pytest.mark.parametrize(
        ("stage", "expected"),
        [
            ("traces", {"generate"}),
            ("lint", {"generate", "install"}),
            ("walk", {"generate", "install", "production", "migrate", "boot"}),
            ("docs", {"generate", "install", "production", "migrate"}),
        ],
    )
    def test_no_more(self, stage: str, expected: set[str]) -> None:
        known = {each.name: Proof("row", each.name, now()) for each in STAGES if each.name != stage}

        assert due(STAGES, known) == expected | {stage}

    def test_rollback_goes_over_the_data_of_the_walk(self) -> None:
        known = {each.name: Proof("row", each.name, now()) for each in STAGES}
        del known["rollback"]

        assert due(STAGES, known) >= {"walk", "tasks", "stop"}
