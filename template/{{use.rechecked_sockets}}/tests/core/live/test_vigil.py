"""app.core.live.vigil: what has ended closes what was opened with it, and nothing else does."""

import asyncio
from datetime import timedelta

import pytest

import app.core.live.vigil
from app.core.errors import UnavailableError
from app.core.live.vigil import Vigil
from tests.support.listeners import MOMENT, until
from tests.support.log import captured_log


class Credential:
    """One that may end, or not be found out about."""

    def __init__(self, error: Exception | None = None) -> None:
        self.holds = True
        self.asked = 0
        self.error = error

    async def check(self) -> bool:
        """Look it up."""
        self.asked += 1
        if self.error is not None:
            raise self.error
        return self.holds


class TestKeep:
    async def test_ends_its_sockets(self) -> None:
        vigil, good, bad = Vigil(MOMENT), Credential(), Credential()
        ended: list[str] = []
        keeping = asyncio.create_task(vigil.keep())
        with (
            vigil.watching("good", good.check, lambda: ended.append("good")),
            vigil.watching("bad", bad.check, lambda: ended.append("one")),
            vigil.watching("bad", bad.check, lambda: ended.append("two")),
        ):
            await until(lambda: good.asked > 1 and bad.asked > 1)
            assert not ended
            bad.holds = False
            await until(lambda: len(ended) > 1)
            await until(lambda: good.asked > 3)
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)

        assert {*ended} == {"one", "two"}
        assert not vigil.watched

    @pytest.mark.parametrize("error", [UnavailableError("The database is away."), KeyError("x")])
    async def test_goes_on_when_nobody_can_tell(self, error: Exception) -> None:
        vigil, credential = Vigil(timedelta(seconds=1)), Credential(error)
        ended: list[str] = []
        with (
            captured_log(app.core.live.vigil) as log,
            vigil.watching("one", credential.check, lambda: ended.append("one")),
        ):
            await vigil.look_at(vigil.watched["one"])

        assert credential.asked == 1
        assert not ended
        assert [each["event"] for each in log] == ["credential of sockets not looked up"]
