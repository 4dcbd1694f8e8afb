"""app.core.live.pace."""

import asyncio

from app.core.live.pace import Pace


class TestAllows:
    async def test_a_burst(self) -> None:
        pace = Pace(rate=0.001, burst=3)

        assert [pace.allows() for _ in range(4)] == [True, True, True, False]

    async def test_again_after_a_while(self) -> None:
        pace = Pace(rate=100, burst=1)
        assert pace.allows()
        await asyncio.sleep(0.05)

        assert pace.allows()
