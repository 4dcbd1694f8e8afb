"""migrations/: the database does not answer."""

import asyncio

import pytest
from alembic import command
from alembic.util import CommandError

from app.config.settings import Settings
from tests.support.database import alembic_config
from tests.support.detour import Detour


async def test_is_one_sentence(detoured: Settings, way: Detour) -> None:
    await way.close()
    config = alembic_config(detoured.database.url.get_secret_value())

    with pytest.raises(CommandError, match=r"^The database does not answer\.$"):
        await asyncio.to_thread(command.upgrade, config, "head")
