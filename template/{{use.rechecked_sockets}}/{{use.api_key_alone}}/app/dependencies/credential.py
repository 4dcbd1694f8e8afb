"""What a socket was opened with, and who that is now."""

from typing import Annotated

from fastapi import Depends

from app.core.database.session import Session
from app.core.security.keys import Key
from app.core.security.known_key import KnownKey
from app.dependencies.principal import get_shown_key
from app.schemas.principal import Principal
from app.services.key import KeyService


async def get_shown(key: Annotated[Key, Depends(get_shown_key)]) -> KnownKey:
    """Remember the key, but not its secret."""
    return KnownKey.of(key)


ShownDep = Annotated[KnownKey, Depends(get_shown)]


def note_nothing(_: int) -> None:
    """Leave when a key was used as it is: this is nobody's use."""


async def principal_of(session: Session, shown: KnownKey) -> Principal:
    """Take the owner of the key, or raise UnauthenticatedError."""
    return await KeyService(session, note_nothing).principal_of(shown)
