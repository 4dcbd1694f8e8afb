"""What is done once for an Idempotency-Key, within the request's transaction."""

from typing import Annotated

from fastapi import Depends, Header, Request

from app.dependencies.auth import CurrentPrincipal
from app.dependencies.database import SessionDep
from app.repositories.idempotency_key import IdempotencyKeyRepository
from app.schemas.idempotency_key import KeyText
from app.services.idempotency_key import Once


async def get_once(
    request: Request,
    session: SessionDep,
    principal: CurrentPrincipal,
    idempotency_key: Annotated[KeyText | None, Header()] = None,
) -> Once:
    """Tell apart the keys of two principals, and those for two paths."""
    scope = (principal.subject, request.url.path)
    return Once(IdempotencyKeyRepository(session), scope, idempotency_key)


OnceDep = Annotated[Once, Depends(get_once)]
