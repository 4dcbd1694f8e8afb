"""app.core.limits.proven: whose a credential was found to be."""

import pytest

from app.core.limits.proven import MOST, SECONDS, Proven


@pytest.fixture
def now() -> list[float]:
    """The time, to be changed."""
    return [0.0]


@pytest.fixture
def proven(now: list[float]) -> Proven:
    """A memory with a clock of the test's."""
    return Proven(lambda: now[0])


class TestOwner:
    def test_known(self, proven: Proven) -> None:
        proven.note("one", "ada")

        assert proven.owner("one") == "ada"
        assert proven.owner("another") is None

    def test_not_for_long(self, proven: Proven, now: list[float]) -> None:
        proven.note("one", "ada")

        now[0] = SECONDS

        assert proven.owner("one") is None

    def test_again(self, proven: Proven, now: list[float]) -> None:
        proven.note("one", "ada")
        now[0] = SECONDS
        proven.note("one", "bob")

        assert proven.owner("one") == "bob"

    def test_is_bounded(self, proven: Proven) -> None:
        for number in range(MOST + 1):
            proven.note(str(number), "ada")

        assert len(proven.owners) == MOST
        assert proven.owner("0") is None

    def test_no_secret_is_kept(self, proven: Proven) -> None:
        proven.note("hunter2", "ada")

        assert "hunter2" not in repr(vars(proven))
