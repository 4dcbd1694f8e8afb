"""migrations/: the database does not answer."""

import asyncio
from collections.abc import MutableMapping

import pytest

from app.config.settings import Settings
from migrations.upgrade import main
from tests.support.detour import Detour


async def test_is_one_sentence(
    detoured: Settings, way: Detour, environment: MutableMapping[str, str]
) -> None:
    await way.close()
    environment["DATABASE_URL"] = detoured.database.url.get_secret_value()

    with pytest.raises(SystemExit, match=r"^The database does not answer\.$"):
        await asyncio.to_thread(main)
