"""Bytes that no row knows, and rows whose bytes are gone: what a process left that was killed."""

from collections.abc import AsyncIterator, Iterable
from itertools import islice
from typing import Final

from anyio.to_thread import run_sync

from app.core.database.session import Database, transaction
from app.core.errors import ConflictError
from app.core.files.draft import PART
from app.core.files.store import Claim, FileStore
from app.repositories.file import FileRepository

BATCH: Final = 500


class Orphans:
    """Looks at a store and its rows while both are in use.

    A file that is on its way in is locked until its row is stored, so what can be claimed and has
    no row then will never have one. Several may look at the same time.
    """

    def __init__(self, store: FileStore, database: Database, *, removes: bool) -> None:
        self.store = store
        self.database = database
        self.removes = removes

    async def bytes(self) -> AsyncIterator[str]:
        """Name the files without a row."""
        names = iter(await run_sync(self.store.names))
        while batch := list(islice(names, BATCH)):
            known = await self.known(batch)
            for name in batch:
                if stem(name) not in known and await self.is_left(name):
                    yield name

    async def is_left(self, name: str) -> bool:
        """Look again, while nobody can store a row for it."""
        claim = await run_sync(self.store.claim, name)
        if claim is None:
            return False
        try:
            return await self.look(claim)
        finally:
            claim.close()

    async def look(self, claim: Claim) -> bool:
        """Tell whether it has no row, and remove it then."""
        if await self.known([claim.path.name]):
            return False
        if self.removes:
            await run_sync(claim.remove)
        return True

    async def rows(self) -> AsyncIterator[str]:
        """Name the rows without a file; remove none where there are no files at all."""
        after, is_sure = 0, bool(await run_sync(self.store.names))
        while batch := await self.batch(after):
            for key, name in batch:
                after = key
                if await self.is_lost(name):
                    await self.forget(name, is_sure=is_sure)
                    yield name

    async def is_lost(self, name: str) -> bool:
        """Look for the file and then for the row, which goes first when one is removed."""
        return await run_sync(self.store.find, name) is None and bool(await self.known([name]))

    async def forget(self, name: str, *, is_sure: bool) -> None:
        """Remove a row, where that is wanted."""
        if not self.removes:
            return
        if not is_sure:
            raise ConflictError(f"{self.store.folder} has no files at all: is it the right folder?")
        async with transaction(self.database) as session:
            files = FileRepository(session)
            if (file := await files.get(name)) is not None:
                await files.delete(file)

    async def batch(self, after: int) -> list[tuple[int, str]]:
        """Read some rows, in the order of their keys."""
        async with transaction(self.database) as session:
            found = await FileRepository(session).after(after, BATCH)
            return [(file.id, file.stored_name) for file in found]

    async def known(self, names: Iterable[str]) -> set[str]:
        """Tell which of these have a row, as of now."""
        async with transaction(self.database) as session:
            return await FileRepository(session).known([stem(name) for name in names])


def stem(name: str) -> str:
    """Say what a file is called once it is complete."""
    return name.removesuffix(PART)
