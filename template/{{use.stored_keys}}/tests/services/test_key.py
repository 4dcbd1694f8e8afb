"""app.services.key: when a key was last used."""

from datetime import timedelta

import pytest
from httpx2 import AsyncClient

from app.config.settings import Settings
from app.core.database.session import open_database
from app.core.lifespan import State
from app.models.utc import utc_now
from app.services import key as key_module
from app.services.key import note_use
from tests.support.detour import Detour
from tests.support.keys import ask, read, store, whoami
from tests.support.log import captured_log


class TestNoteUse:
    async def test_first(self, client: AsyncClient, state: State) -> None:
        key, key_id = await store(state, await whoami(client))
        before = utc_now()

        await ask(client, key.reveal())

        noted = (await read(state, key_id)).last_used_at
        assert noted is not None
        assert before <= noted <= utc_now()

    @pytest.mark.parametrize(("seconds", "noted"), [(50, False), (70, True)])
    async def test_once_a_minute(
        self, client: AsyncClient, state: State, seconds: int, *, noted: bool
    ) -> None:
        last = utc_now() - timedelta(seconds=seconds)
        key, key_id = await store(state, await whoami(client), last_used_at=last)

        await ask(client, key.reveal())

        assert ((await read(state, key_id)).last_used_at != last) is noted

    async def test_not_by_those_who_come_at_the_same_time(
        self, client: AsyncClient, state: State
    ) -> None:
        _, key_id = await store(state, await whoami(client))
        await note_use(state["database"], key_id)
        first = (await read(state, key_id)).last_used_at

        await note_use(state["database"], key_id)

        assert (await read(state, key_id)).last_used_at == first

    async def test_not_by_a_wrong_secret(self, client: AsyncClient, state: State) -> None:
        key, key_id = await store(state, await whoami(client))

        await ask(client, f"ak_{key.prefix}_{'x' * 43}")

        assert (await read(state, key_id)).last_used_at is None

    async def test_without_a_database(self, detoured: Settings, way: Detour) -> None:
        async with open_database(detoured.database) as database:
            await way.close()
            with captured_log(key_module) as log:
                await note_use(database, 1)

        assert [each["event"] for each in log] == ["use of a key not noted"]
