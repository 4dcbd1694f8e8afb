"""The request's transaction."""

from collections.abc import AsyncGenerator
from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from app.core.database.session import Session, transaction
from app.core.http.socket import until_answered
from app.core.lifespan import state_of


async def get_session(connection: HTTPConnection) -> AsyncGenerator[Session]:
    """Commit once the endpoint has returned and before its answer is sent.

    A socket's is over when the socket opens, or a connection would be held for as long as it is.
    """
    async with until_answered(connection, transaction(state_of(connection)["database"])) as session:
        yield session


SessionDep = Annotated[Session, Depends(get_session, scope="function")]
