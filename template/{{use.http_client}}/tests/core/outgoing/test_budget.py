"""app.core.outgoing.budget: a tenth, and not more."""

from app.core.outgoing.budget import Budget


class TestBudget:
    def test_a_tenth(self) -> None:
        budget, spent = Budget(), 0
        for made in range(1, 1001):
            budget.earn()
            spent += budget.spend()
            assert spent <= made / 10

        assert spent == 100

    def test_saves_little(self) -> None:
        """A good day pays for ten, not for a storm."""
        budget = Budget()
        for _ in range(100_000):
            budget.earn()

        assert sum(budget.spend() for _ in range(100)) == 10
