"""Three runs in CI prove every row again, and machines that share the rows prove each of them."""

import os
import random
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.harness.resolving import SESSION
from tests.harness.rotation import REQUIRED, RUNS, due_again, in_ci, oldest
from tests.harness.shards import Shard
from tests.harness.stages.table import stages_of
from tests.harness.variants import variants


@st.composite
def tables(draw: st.DrawFn) -> dict[str, str | None]:
    """Rows that were proven at any time, several at once, or never."""
    moments = st.one_of(st.none(), st.integers(0, 5).map("2026-11-0{}T00:00:00Z".format))
    rows = draw(st.integers(1, 60))
    return {f"row {number}": draw(moments) for number in range(rows)}


class TestThird:
    @given(tables())
    def test_three_runs_prove_all(self, ages: dict[str, str | None]) -> None:
        """Whatever the ages are at first: a row is proven again, or had no proof at all."""
        again: set[str] = set()
        for run in range(RUNS):
            unproven = {name for name, moment in ages.items() if moment is None}
            ran = {*oldest(ages)} | unproven
            again |= ran
            ages = {name: f"2027-{run}" if name in ran else each for name, each in ages.items()}

        assert again == ages.keys()

    @given(tables())
    def test_no_more_than_a_third(self, ages: dict[str, str | None]) -> None:
        assert len(oldest(ages)) <= -(-len(ages) // RUNS)

    @given(tables(), st.randoms())
    def test_a_row_that_is_red_stays_due(
        self, ages: dict[str, str | None], chance: random.Random
    ) -> None:
        """A failure takes its proof away, so it runs in any case, and delays no other."""
        again: set[str] = set()
        for run in range(RUNS):
            ran = {*oldest(ages)} | {name for name, moment in ages.items() if moment is None}
            again |= ran
            ages = {
                name: (None if chance.random() < 0.2 else f"2027-{run}") if name in ran else each
                for name, each in ages.items()
            }

        assert again == ages.keys()

    def test_decided_once(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """What a worker has proven meanwhile does not change what the others prove."""
        monkeypatch.setenv(SESSION, str(tmp_path))
        first = due_again(lambda: {"a": "2026", "b": "2027"})

        assert first == due_again(lambda: {"a": "2028", "b": "2027"}) == ["a"]

    def test_in_ci(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("CI", REQUIRED):
            for other in ("CI", REQUIRED):
                monkeypatch.delenv(other, raising=False)
            assert not in_ci()
            monkeypatch.setenv(name, "1")
            assert in_ci()


def items() -> list[pytest.Item]:
    """The rows, and some other tests."""
    folder = Path(__file__).parent
    rows = [
        SimpleNamespace(
            path=folder / "test_variants.py",
            nodeid=f"tests/variants/test_variants.py::test_variant[{variant}]",
            callspec=SimpleNamespace(params={"variant": variant}),
        )
        for variant in variants()
    ]
    others = [
        SimpleNamespace(path=folder / f"test_{module}.py", nodeid=f"test_{module}.py::{number}")
        for module in "abcdefghijk"
        for number in range(3)
    ]
    return cast("Any", [*rows, *others])


class TestShards:
    @pytest.mark.parametrize("count", [1, 2, 3, 8])
    def test_each_test_is_in_one(self, count: int) -> None:
        parts = [Shard(number, count).items(items()) for number in range(1, count + 1)]

        found = sorted(item.nodeid for part in parts for item in part)
        assert found == sorted(item.nodeid for item in items())

    @pytest.mark.parametrize("count", [2, 3, 8])
    def test_balanced(self, count: int) -> None:
        """No part has much more to do than another: by rows, and by their stages."""
        costs: list[int] = []
        for number in range(1, count + 1):
            part = cast("Any", Shard(number, count).items(items()))
            rows = [item.callspec.params["variant"] for item in part if hasattr(item, "callspec")]
            assert abs(len(rows) - len(variants()) / count) < 1
            costs.append(sum(len(stages_of(row)) for row in rows))

        assert max(costs) - min(costs) <= max(len(stages_of(row)) for row in variants())

    def test_modules_stay_whole(self) -> None:
        """Their fixtures are made once."""
        part = Shard(1, 3).items(items())

        names = [item.path.name for item in part]
        assert {names.count(f"test_{name}.py") for name in "abcdefghijk"} == {0, 3}

    @pytest.mark.parametrize("text", ["0/3", "4/3", "3", "a/b", "1/0", "-1/3"])
    def test_nonsense(self, text: str) -> None:
        with pytest.raises(pytest.UsageError, match="--shard"):
            Shard.parse(text)

    def test_parsed(self) -> None:
        assert Shard.parse("3/8") == Shard(3, 8)


def test_a_session_has_a_folder() -> None:
    """All of its processes share it."""
    assert Path(os.environ[SESSION]).is_dir()
