"""How often something may happen."""

import asyncio
from dataclasses import dataclass, field


def now() -> float:
    """Read the loop's clock."""
    return asyncio.get_running_loop().time()


@dataclass(slots=True)
class Pace:
    """``rate`` times a second, and ``burst`` times at once after a pause (a token bucket)."""

    rate: float
    burst: float
    tokens: float = field(init=False)
    counted: float = field(default_factory=now)

    def __post_init__(self) -> None:
        """Begin rested."""
        self.tokens = self.burst

    def allows(self) -> bool:
        """Count one more, if it is not too much."""
        time = now()
        self.tokens = min(self.burst, self.tokens + (time - self.counted) * self.rate)
        self.counted = time
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True
