"""/api-keys."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.api.errors import problems
from app.core.errors import NotFoundError
from app.core.security.access import ForbiddenError, UnauthenticatedError
from app.dependencies.api_keys import ApiKeyServiceDep
from app.dependencies.auth import CurrentPrincipal
from app.dependencies.key_access import KeyMaker
from app.models.api_key import ApiKey
from app.schemas.api_key import ApiKeyCreated, ApiKeyQuery, ApiKeyRead
from app.schemas.api_key_create import ApiKeyCreate
from app.schemas.page import Page, Slice
from app.services.key_owner import owner_of, seen_by

router = APIRouter(prefix="/api-keys", tags=["api keys"], responses=problems(UnauthenticatedError))

KeyId = Annotated[int, Path(ge=1, le=2**63 - 1)]


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    response_model=ApiKeyCreated,
    responses=problems(ForbiddenError, reads_body=True),
)
async def create_api_key(
    maker: KeyMaker, body: ApiKeyCreate, keys: ApiKeyServiceDep, response: Response
) -> ApiKeyCreated:
    """Make a key, and show it: this once."""
    made = await keys.give(maker, owner_of(body, maker), body)
    response.headers["Location"] = f"/api/v1/api-keys/{made.id}"
    response.headers["Cache-Control"] = "no-store"
    return made


@router.get("", response_model=Page[ApiKeyRead], responses=problems())
async def list_api_keys(
    principal: CurrentPrincipal, query: Annotated[ApiKeyQuery, Query()], keys: ApiKeyServiceDep
) -> Slice[ApiKey]:
    """Read one page of keys."""
    return await keys.list(query, seen_by(principal))


@router.get("/{key_id}", response_model=ApiKeyRead, responses=problems(NotFoundError))
async def read_api_key(
    principal: CurrentPrincipal, key_id: KeyId, keys: ApiKeyServiceDep
) -> ApiKey:
    """Read one key."""
    return await keys.get(key_id, seen_by(principal))


@router.delete(
    "/{key_id}",
    status_code=HTTPStatus.NO_CONTENT,
    responses=problems(ForbiddenError, NotFoundError),
)
async def revoke_api_key(maker: KeyMaker, key_id: KeyId, keys: ApiKeyServiceDep) -> None:
    """End a key; one that has ended stays so."""
    await keys.revoke(await keys.get(key_id, seen_by(maker)))
