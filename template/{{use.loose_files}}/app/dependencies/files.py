"""Files, each known by its id."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from app.core.files.store import FileStore
from app.core.lifespan import state_of
from app.services.file import FileService
from app.services.file_records import FileRecords
from app.services.upload import UploadService


async def get_file_store(connection: HTTPConnection) -> FileStore:
    """Find it in the running service's state."""
    return state_of(connection)["files"]


FileStoreDep = Annotated[FileStore, Depends(get_file_store)]


async def get_file_service(store: FileStoreDep) -> FileService:
    """Put the layers together."""
    return FileService(store)


async def get_upload_service(connection: HTTPConnection, store: FileStoreDep) -> UploadService:
    """Put the layers together."""
    return UploadService(store, state_of(connection)["settings"].uploads, FileRecords())


FileServiceDep = Annotated[FileService, Depends(get_file_service)]
UploadServiceDep = Annotated[UploadService, Depends(get_upload_service)]
