"""Links to files: making them, and what they open."""

from typing import Annotated, Final

from fastapi import Depends, Query
from starlette.requests import HTTPConnection

from app.core.lifespan import state_of
from app.core.security.file_links import FileLinks
from app.dependencies.database import SessionDep
from app.dependencies.files import FileStoreDep
from app.repositories.file import FileRepository
from app.services.file import FileService


async def get_file_links(connection: HTTPConnection) -> FileLinks:
    """Sign with the keys of this service."""
    settings = state_of(connection)["settings"]
    return FileLinks(settings.auth, settings.file_links.ttl)


FileLinksDep = Annotated[FileLinks, Depends(get_file_links)]


async def check_link(
    connection: HTTPConnection,
    links: FileLinksDep,
    signature: Annotated[str, Query(description="What came with the link")],
) -> None:
    """Refuse whoever has no link to this file, before the database is asked for anything."""
    links.check(connection.path_params["file_id"], signature)


async def get_linked_files(session: SessionDep, store: FileStoreDep) -> FileService:
    """Look for files, whoever's they are."""
    return FileService(FileRepository(session), store)


REQUIRE_LINK: Final = Depends(check_link)
LinkedFilesDep = Annotated[FileService, Depends(get_linked_files)]
