"""app.services.orphans: what a process left that was killed."""

import pytest
from httpx2 import AsyncClient

from app.core.errors import ConflictError
from app.core.files.draft import PART
from app.core.lifespan import State
from app.services.orphans import Orphans
from tests.support.files import FILES, FileBody, stored

LEFT = "0" * 32


def looking(state: State, *, removes: bool = False) -> Orphans:
    """Look at what the service has."""
    return Orphans(state["files"], state["database"], removes=removes)


async def found(orphans: Orphans) -> tuple[list[str], list[str]]:
    """Name the files without a row, and the rows without a file."""
    files = [name async for name in orphans.bytes()]
    return files, [name async for name in orphans.rows()]


@pytest.fixture
async def kept(client: AsyncClient) -> FileBody:
    """A file with its row, which nothing is wrong with."""
    return await stored(client)


class TestFiles:
    @pytest.mark.parametrize("name", [LEFT, LEFT + PART])
    async def test_found_and_removed(self, state: State, kept: FileBody, name: str) -> None:
        state["files"].path_of(name).touch()

        assert await found(looking(state)) == ([name], [])
        assert await found(looking(state, removes=True)) == ([name], [])
        assert await found(looking(state)) == ([], [])
        assert state["files"].names() == [kept["id"]]

    async def test_not_what_is_on_its_way(self, state: State, kept: FileBody) -> None:
        coming, complete = state["files"].draft(), state["files"].draft()
        complete.keep()

        assert await found(looking(state, removes=True)) == ([], [])

        assert len(state["files"].names()) == 3
        coming.close()
        complete.close()
        assert len((await found(looking(state)))[0]) == 2
        assert kept["id"] in state["files"].names()

    async def test_several_look_at_once(self, state: State, kept: FileBody) -> None:
        state["files"].path_of(LEFT).touch()

        results = [await found(looking(state, removes=True)) for _ in range(2)]

        assert results == [([LEFT], []), ([], [])]
        assert state["files"].names() == [kept["id"]]


class TestRows:
    async def test_found_and_removed(
        self, client: AsyncClient, state: State, kept: FileBody
    ) -> None:
        gone = await stored(client)
        state["files"].remove(gone["id"])

        assert await found(looking(state)) == ([], [gone["id"]])
        assert await found(looking(state, removes=True)) == ([], [gone["id"]])
        assert await found(looking(state)) == ([], [])
        assert [each["id"] for each in (await client.get(FILES)).json()["items"]] == [kept["id"]]

    async def test_not_removed_where_no_file_is_there(
        self, client: AsyncClient, state: State, kept: FileBody
    ) -> None:
        """The folder may be another one, or its disk not be mounted."""
        state["files"].remove(kept["id"])

        with pytest.raises(ConflictError):
            await found(looking(state, removes=True))

        assert (await client.get(FILES)).json()["total"] == 1
