"""Stored keys, within the request's transaction."""

from typing import Annotated

from fastapi import BackgroundTasks, Depends
from starlette.requests import HTTPConnection

from app.core.lifespan import state_of
from app.dependencies.database import SessionDep
from app.services.key import KeyService, note_use


async def get_key_service(
    connection: HTTPConnection, session: SessionDep, tasks: BackgroundTasks
) -> KeyService:
    """Put the layers together."""
    database = state_of(connection)["database"]
    return KeyService(session, lambda key_id: tasks.add_task(note_use, database, key_id))


KeyServiceDep = Annotated[KeyService, Depends(get_key_service)]
