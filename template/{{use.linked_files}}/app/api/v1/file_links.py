"""/files/{file_id}/links and /linked/files: for what a browser loads without a header."""

from http import HTTPStatus

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.api.errors import problems
from app.api.transfers import Download, IfNoneMatch, RangeError, deliver
from app.api.v1.files import DELIVERED, FileId
from app.core.errors import NotFoundError, UnavailableError
from app.core.security.access import ForbiddenError, UnauthenticatedError
from app.core.security.file_links import FileLinkError
from app.dependencies.file_links import REQUIRE_LINK, FileLinksDep, LinkedFilesDep
from app.dependencies.files import FileServiceDep, FileStoreDep
from app.dependencies.files_access import REQUIRE_FILES_READ
from app.schemas.file_link import FileLink

router = APIRouter(tags=["files"])


@router.post(
    "/files/{file_id}/links",
    status_code=HTTPStatus.CREATED,
    dependencies=[REQUIRE_FILES_READ],
    responses=problems(NotFoundError, UnauthenticatedError, ForbiddenError),
)
async def create_file_link(
    request: Request, file_id: FileId, files: FileServiceDep, links: FileLinksDep
) -> FileLink:
    """Make an address of a file that wants no credential, and does not hold for long."""
    await files.get(file_id)
    signature, expires_at = links.sign(file_id)
    path = f"{request.scope['root_path']}/api/v1/linked/files/{file_id}/content"
    return FileLink(url=f"{path}?signature={signature}", expires_at=expires_at)


@router.get(
    "/linked/files/{file_id}/content",
    dependencies=[REQUIRE_LINK],
    response_class=Download,
    responses={
        **problems(NotFoundError, RangeError, UnavailableError, FileLinkError),
        **DELIVERED,
    },
)
async def download_linked_file(
    file_id: FileId,
    files: LinkedFilesDep,
    store: FileStoreDep,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """Read a file, or ranges of it, by a link."""
    return deliver(await files.open(file_id), store.path_of(file_id), if_none_match)
