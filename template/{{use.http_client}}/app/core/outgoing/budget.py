"""A limit on repetitions: what is down must not be held down by those who try again."""

from typing import Final

COST: Final = 10
"""Calls that pay for one repetition."""
MOST: Final = 10 * COST
"""What is saved at the most, so that a good day does not pay for a storm."""


class Budget:
    """Of all calls that were made, never more than a tenth are repeated."""

    def __init__(self) -> None:
        self._saved = 0

    def earn(self) -> None:
        """Count a call."""
        self._saved = min(self._saved + 1, MOST)

    def spend(self) -> bool:
        """Take a repetition, if there is one left."""
        if self._saved < COST:
            return False
        self._saved -= COST
        return True
