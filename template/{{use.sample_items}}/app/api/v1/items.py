"""/items."""

from functools import partial
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.api.errors import problems
from app.api.etag import IfMatch, IfNoneMatch, etag, is_known, require_match
from app.core.errors import (
    ConflictError,
    NotFoundError,
    PreconditionFailedError,
    PreconditionRequiredError,
)
from app.dependencies.items import ItemServiceDep
from app.models.item import Item
from app.schemas.item import ItemCreate, ItemQuery, ItemRead, ItemUpdate
from app.schemas.page import Page, Slice

router = APIRouter(prefix="/items", tags=["items"])

ItemId = Annotated[int, Path(ge=1, le=2**63 - 1)]
CHANGE_ERRORS = (NotFoundError, PreconditionFailedError, PreconditionRequiredError)


@router.get("/{item_id}", response_model=ItemRead, responses=problems(NotFoundError))
async def read_item(
    item_id: ItemId, items: ItemServiceDep, response: Response, if_none_match: IfNoneMatch = None
) -> Item | Response:
    """Read one item; 304 when the client holds its current version."""
    item = await items.get(item_id)
    if is_known(item.version, if_none_match):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers={"ETag": etag(item.version)})
    response.headers["ETag"] = etag(item.version)
    return item


@router.get("", response_model=Page[ItemRead], responses=problems())
async def list_items(query: Annotated[ItemQuery, Query()], items: ItemServiceDep) -> Slice[Item]:
    """Read one page of items."""
    return await items.list(query)


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    response_model=ItemRead,
    responses=problems(ConflictError, reads_body=True),
)
async def create_item(body: ItemCreate, items: ItemServiceDep, response: Response) -> Item:
    """Add an item."""
    item = await items.create(body)
    response.headers["Location"] = f"/api/v1/items/{item.id}"
    response.headers["ETag"] = etag(item.version)
    return item


@router.patch(
    "/{item_id}",
    response_model=ItemRead,
    responses=problems(*CHANGE_ERRORS, ConflictError, reads_body=True),
)
async def update_item(
    item_id: ItemId,
    body: ItemUpdate,
    items: ItemServiceDep,
    response: Response,
    if_match: IfMatch = None,
) -> Item:
    """Change an item that the client knows the current version of."""
    item = await items.update(item_id, body, partial(require_match, if_match=if_match))
    response.headers["ETag"] = etag(item.version)
    return item


@router.delete("/{item_id}", status_code=HTTPStatus.NO_CONTENT, responses=problems(*CHANGE_ERRORS))
async def delete_item(item_id: ItemId, items: ItemServiceDep, if_match: IfMatch = None) -> None:
    """Remove an item that the client knows the current version of."""
    await items.delete(item_id, partial(require_match, if_match=if_match))
