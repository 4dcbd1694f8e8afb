"""app.core.database.closing."""

import asyncio

import pytest

from app.core.database import closing
from app.core.database.closing import close_in_time
from tests.support.log import captured_log


class TestCloseInTime:
    async def test_no_answer(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(closing, "PATIENCE", 0.01)

        with captured_log(closing) as log:
            await close_in_time(asyncio.Event().wait)

        assert [each["event"] for each in log] == ["database connections left behind"]
