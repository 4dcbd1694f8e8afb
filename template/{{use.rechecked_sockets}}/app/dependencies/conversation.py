"""An open socket, which ends with its client, or with its credential."""

from collections.abc import AsyncGenerator
from functools import partial
from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from app.core.database.session import Database, transaction
from app.core.lifespan import state_of
from app.core.security.access import UnauthenticatedError
from app.dependencies.credential import principal_of
from app.dependencies.sockets import get_conversation
from app.schemas.sockets.visitor import Visitor
from app.services.sockets.conversation import Conversation


async def holds(database: Database, visitor: Visitor) -> bool:
    """Tell whether the credential is still good, and for as much as before."""
    try:
        async with transaction(database) as session:
            principal = await principal_of(session, visitor.credential)
    except UnauthenticatedError:
        return False
    return principal.permissions == visitor.permissions


async def get_watched(
    connection: HTTPConnection, conversation: Annotated[Conversation, Depends(get_conversation)]
) -> AsyncGenerator[Conversation]:
    """End it with 1008 once its client would not be let in again."""
    state, visitor = state_of(connection), conversation.visitor
    check = partial(holds, state["database"], visitor)
    end = partial(conversation.end, UnauthenticatedError("What you showed is not good any more."))
    with state["vigil"].watching(visitor.model_dump_json(), check, end):
        yield conversation


ConversationDep = Annotated[Conversation, Depends(get_watched)]
