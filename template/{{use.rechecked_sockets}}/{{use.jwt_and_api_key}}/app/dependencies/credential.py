"""What a socket was opened with, and who that is now."""

from typing import Annotated

from fastapi import Depends

from app.core.database.session import Session
from app.core.security.keys import Key
from app.core.security.known_key import KnownKey
from app.core.security.tokens import Claims
from app.dependencies.principal import get_credential
from app.dependencies.sessions import session_service
from app.schemas.principal import Principal
from app.services.key import KeyService


async def get_shown(
    credential: Annotated[Claims | Key, Depends(get_credential)],
) -> Claims | KnownKey:
    """Remember the session or the key, but not its secret."""
    return credential if isinstance(credential, Claims) else KnownKey.of(credential)


ShownDep = Annotated[Claims | KnownKey, Depends(get_shown)]


def note_nothing(_: int) -> None:
    """Leave when a key was used as it is: this is nobody's use."""


async def principal_of(session: Session, shown: Claims | KnownKey) -> Principal:
    """Take the user of the session, or the owner of the key, or raise UnauthenticatedError."""
    if isinstance(shown, Claims):
        return await session_service(session).principal_of(shown)
    return await KeyService(session, note_nothing).principal_of(shown)
