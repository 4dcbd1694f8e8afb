"""What is done once for an Idempotency-Key, within the request's transaction."""

from typing import Annotated

from fastapi import Depends, Header, Request

from app.dependencies.database import SessionDep
from app.repositories.idempotency_key import IdempotencyKeyRepository
from app.schemas.idempotency_key import KeyText
from app.services.idempotency_key import Once


async def get_once(
    request: Request,
    session: SessionDep,
    idempotency_key: Annotated[KeyText | None, Header()] = None,
) -> Once:
    """Tell apart the keys for two paths."""
    return Once(IdempotencyKeyRepository(session), (request.url.path,), idempotency_key)


OnceDep = Annotated[Once, Depends(get_once)]
