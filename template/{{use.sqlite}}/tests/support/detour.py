"""A way to the database that a test can close, as when a disk is not mounted."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


class Detour:
    """A link to the folder of the database at ``url``, which is there while it is open."""

    def __init__(self, url: str, link: Path) -> None:
        self.file = Path(url.removeprefix("sqlite:///"))
        self.link = link

    @property
    def url(self) -> str:
        """The database's URL by this way."""
        return f"sqlite:///{self.link / self.file.name}"

    async def open(self) -> None:
        """Let connections through."""
        self.link.symlink_to(self.file.parent)

    async def close(self) -> None:
        """Refuse new connections; an open file stays open."""
        self.link.unlink(missing_ok=True)


@asynccontextmanager
async def detour(url: str) -> AsyncGenerator[Detour]:
    """Yield an open way to the database at ``url``."""
    with TemporaryDirectory() as folder:
        way = Detour(url, Path(folder, "link"))
        await way.open()
        try:
            yield way
        finally:
            await way.close()
