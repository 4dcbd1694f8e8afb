"""From a form to files that are kept, or to nothing."""

from collections.abc import AsyncIterable, Sequence
from typing import Protocol

from anyio import CancelScope
from anyio.to_thread import run_sync

from app.config.uploads import UploadSettings
from app.core.deadline import to_the_end
from app.core.files.draft import Draft
from app.core.files.errors import UnfitUploadError, UnsupportedUploadError
from app.core.files.form import Part
from app.core.files.kind import content_type_of
from app.core.files.name import plain_name
from app.core.files.store import FileStore
from app.schemas.file import FilesRead

FIELD = "file"
BLOCK = 1_048_576
"""How many bytes of a file are held until they are written."""


class Incoming:
    """A file on its way in, and what is known of it so far."""

    def __init__(self, draft: Draft, name: str) -> None:
        self.draft = draft
        self.name = name
        self.content_type = ""
        self.block = bytearray()


class Records(Protocol):
    """What is known of files that are kept."""

    async def add(self, files: Sequence[Incoming]) -> FilesRead:
        """Make files known, all or none."""
        ...

    async def lacks(self, files: Sequence[Incoming]) -> bool:
        """Tell whether it is sure that none of these is known."""
        ...


class UploadService:
    """Takes all files of a form or none, with a block of one of them in memory.

    Bytes are kept before they are known, and taken back when they cannot be: what a process
    leaves that ends in between is found by the command `orphans`.
    """

    def __init__(self, store: FileStore, limits: UploadSettings, records: Records) -> None:
        self.store = store
        self.limits = limits
        self.records = records

    async def take(self, form: AsyncIterable[Part | bytes]) -> FilesRead:
        """Keep the files of a form, and make them known."""
        files: list[Incoming] = []
        try:
            await self.keep(form, files)
            return await self.make_known(files)
        finally:
            for each in files:
                each.draft.close()

    async def keep(self, form: AsyncIterable[Part | bytes], files: list[Incoming]) -> None:
        """Bring all bytes to where they stay, or leave none."""
        try:
            await self.receive(form, files)
            require(files)
            for each in files:
                await run_sync(each.draft.keep)
        except BaseException:
            await discard(files)
            raise

    async def make_known(self, files: Sequence[Incoming]) -> FilesRead:
        """Take them back if that fails, unless only its answer was lost."""
        try:
            return await self.records.add(files)
        except BaseException:
            if await self.records.lacks(files):
                await discard(files)
            raise

    async def receive(self, form: AsyncIterable[Part | bytes], files: list[Incoming]) -> None:
        """Write each file of the form, and pass over what else it holds."""
        is_file = False
        async for each in form:
            if isinstance(each, Part):
                await self.complete(files)
                is_file = await self.begin(each, files)
            elif is_file:
                await self.append(files[-1], each)
        await self.complete(files)

    async def begin(self, part: Part, files: list[Incoming]) -> bool:
        """Make room for one more file, if this is one and there may be one more.

        Without a name it is text, or what a browser sends where nothing was chosen.
        """
        if part.field != FIELD or not part.filename:
            return False
        if len(files) == self.limits.max_files:
            raise UnfitUploadError(
                f"A form may have at most {self.limits.max_files} files.", code="too_many_files"
            )
        with to_the_end():  # or what is made would be nobody's
            draft = await run_sync(self.store.draft)
        files.append(Incoming(draft, plain_name(part.filename)))
        return True

    async def append(self, file: Incoming, data: bytes) -> None:
        """Gather a block before the disk is asked."""
        file.block += data
        if len(file.block) >= BLOCK:
            await self.flush(file)

    async def complete(self, files: Sequence[Incoming]) -> None:
        """Write what is left of the last one, be it nothing."""
        if files and (files[-1].block or not files[-1].content_type):
            await self.flush(files[-1])

    async def flush(self, file: Incoming) -> None:
        """Write a block; the first one tells the type."""
        block, file.block = bytes(file.block), bytearray()
        if not file.content_type:
            file.content_type = content_type_of(block)
            if file.content_type not in self.limits.types:
                raise UnsupportedUploadError(
                    f"Files of the type {file.content_type} are not taken."
                )
        await run_sync(file.draft.write, block)


def require(files: Sequence[Incoming]) -> None:
    """Refuse a form without any."""
    if not files:
        raise UnfitUploadError(f"The form has no field {FIELD}.", code="file_missing")


async def discard(files: Sequence[Incoming]) -> None:
    """Leave nothing of these."""
    with CancelScope(shield=True):
        for each in files:
            await run_sync(each.draft.discard)
