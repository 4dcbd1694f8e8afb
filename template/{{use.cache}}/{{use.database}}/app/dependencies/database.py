"""The request's transaction, and what is forgotten after its commit."""

from collections.abc import AsyncGenerator
from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from app.core.cache.forgets import Forgets, forgetting
from app.core.database.session import Session, transaction
from app.core.http.socket import until_answered
from app.core.lifespan import state_of
from app.dependencies.cache import CacheDep


async def get_forgets(connection: HTTPConnection, cache: CacheDep) -> AsyncGenerator[Forgets]:
    """Forget once the transaction is committed, and before the answer is sent."""
    async with until_answered(connection, forgetting(cache)) as forgets:
        yield forgets


ForgetsDep = Annotated[Forgets, Depends(get_forgets, scope="function")]


async def get_session(connection: HTTPConnection, _: ForgetsDep) -> AsyncGenerator[Session]:
    """Commit once the endpoint has returned, and before anything is forgotten.

    A socket's is over when the socket opens, or a connection would be held for as long as it is.
    """
    async with until_answered(connection, transaction(state_of(connection)["database"])) as session:
        yield session


SessionDep = Annotated[Session, Depends(get_session, scope="function")]
