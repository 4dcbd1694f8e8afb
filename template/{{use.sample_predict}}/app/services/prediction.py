"""What the model is asked, and when."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from app.core.batching.batches import Batches
from app.core.batching.turns import Turns
from app.core.offload import Processes
from app.schemas.prediction import LONGEST
from app.services.preparation import prepared
from app.upstreams.model import Model

SHORT: Final = 10_000
"""What is prepared at once: that takes less than to hand it over."""


@dataclass(frozen=True, slots=True)
class PredictionService:
    """Prepares texts and asks the model; both methods raise what ``Model`` does."""

    model: Model
    batches: Batches
    turns: Turns
    processes: Processes
    stream_timeout: timedelta

    async def predict(self, raw: str | bytes) -> str:
        """Give the whole answer; a small text goes along with others."""
        text = await self.prepare(raw)
        return await self.batches.ask(text, self.model.predict)

    async def stream(self, raw: str | bytes) -> AsyncGenerator[str]:
        """Give the answer as it comes, with a place of its own meanwhile."""
        text = await self.prepare(raw)
        answer = self.model.stream(text, self.stream_timeout)
        async with self.turns.turn(), aclosing(answer) as pieces:
            async for piece in pieces:
                yield piece

    async def prepare(self, raw: str | bytes) -> str:
        """Hold the loop up with nothing long; raise UnfitInputError."""
        if len(raw) <= SHORT:
            return prepared(raw, LONGEST)
        return await self.processes.run(prepared, raw, LONGEST)
