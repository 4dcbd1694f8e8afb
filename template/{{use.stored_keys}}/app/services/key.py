"""Who a key belongs to."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import structlog

from app.core.database.session import Database, Session, transaction
from app.core.errors import AppError
from app.core.security.keys import InvalidKeyError, Key
from app.models.api_key import ApiKey
from app.models.utc import utc_now
from app.repositories.api_key import ApiKeyRepository
from app.schemas.principal import Principal
from app.schemas.scope import permissions_in
from app.services.key_owner import allowed

log = structlog.stdlib.get_logger()

USE_NOTED_EVERY: Final = timedelta(minutes=1)


class KeyService:
    """Looks a key up on each request, so that whatever ends it does so at once.

    ``used`` is told of a key whose use has not been noted lately.
    """

    def __init__(self, session: Session, used: Callable[[int], None]) -> None:
        self.session = session
        self.used = used

    async def principal_of(self, key: Key) -> Principal:
        """Say whose key it is, or raise InvalidKeyError (ASVS 5, chapter 6; OWASP API2:2023)."""
        now = utc_now()
        found = await ApiKeyRepository(self.session).find(key.prefix)
        if not key.matches(found and found.digest) or found is None or has_ended(found, now):
            raise InvalidKeyError
        owned = await allowed(found.subject, self.session)
        if owned is None:
            raise InvalidKeyError
        if found.last_used_at is None or found.last_used_at <= now - USE_NOTED_EVERY:
            self.used(found.id)
        return Principal(found.subject, owned & permissions_in(found.scopes.split()))


def has_ended(key: ApiKey, now: datetime) -> bool:
    """Tell whether a key was revoked or has expired."""
    return key.revoked_at is not None or (key.expires_at is not None and key.expires_at <= now)


async def note_use(database: Database, key_id: int) -> None:
    """Write down when a key was used, unless that was done within the last minute.

    It is done after the answer and in a transaction of its own: requests with the same key would
    wait for each other's otherwise.
    """
    now = utc_now()
    try:
        async with transaction(database) as session:
            await ApiKeyRepository(session).note_use(key_id, now, now - USE_NOTED_EVERY)
    except AppError as error:  # nobody is left to be told
        log.warning("use of a key not noted", key_id=key_id, code=error.code)
