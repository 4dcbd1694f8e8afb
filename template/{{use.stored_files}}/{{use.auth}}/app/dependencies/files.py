"""The files of whoever asks."""

from functools import partial
from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from app.core.files.store import FileStore
from app.core.lifespan import state_of
from app.dependencies.auth import CurrentPrincipal
from app.dependencies.database import SessionDep
from app.repositories.owned_file import OwnedFileRepository
from app.schemas.permissions.files import FilePermission
from app.services.file import FileService
from app.services.file_records import FileRecords
from app.services.upload import UploadService


async def get_file_store(connection: HTTPConnection) -> FileStore:
    """Find it in the running service's state."""
    return state_of(connection)["files"]


FileStoreDep = Annotated[FileStore, Depends(get_file_store)]


async def get_file_service(
    session: SessionDep, principal: CurrentPrincipal, store: FileStoreDep
) -> FileService:
    """Put the layers together."""
    sees_all = FilePermission.ALL in principal.permissions
    files = OwnedFileRepository(session, principal.subject, sees_all=sees_all)
    return FileService(files, store)


async def get_upload_service(
    connection: HTTPConnection, principal: CurrentPrincipal, store: FileStoreDep
) -> UploadService:
    """Put the layers together, without a transaction."""
    state = state_of(connection)
    repository = partial(OwnedFileRepository, owner=principal.subject, sees_all=False)
    records = FileRecords(state["database"], repository)
    return UploadService(store, state["settings"].uploads, records)


FileServiceDep = Annotated[FileService, Depends(get_file_service)]
UploadServiceDep = Annotated[UploadService, Depends(get_upload_service)]
