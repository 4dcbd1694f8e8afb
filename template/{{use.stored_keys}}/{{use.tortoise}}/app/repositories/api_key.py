"""Where keys are kept."""

from collections.abc import Mapping
from datetime import datetime

from tortoise.expressions import Q

from app.core.database.session import Session, database_errors
from app.models.api_key import ApiKey
from app.repositories.page import Listing
from app.schemas.api_key import OwnedKeyQuery
from app.schemas.page import Slice

LISTING = Listing(
    model=ApiKey,
    key="id",
    sorts={"id", "name", "created_at"},
    filters={"subject": "subject"},
)


class ApiKeyRepository:
    """Queries on keys, in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def get(self, key_id: int) -> ApiKey | None:
        """Find one by its id."""
        return await ApiKey.get_or_none(id=key_id, using_db=self.session)

    async def find(self, prefix: str) -> ApiKey | None:
        """Find the one with a prefix."""
        return await ApiKey.get_or_none(prefix=prefix, using_db=self.session)

    async def list(self, query: OwnedKeyQuery) -> Slice[ApiKey]:
        """Read one page."""
        return await LISTING.fetch(self.session, query, query.sort)

    async def add(self, values: Mapping[str, object]) -> ApiKey:
        """Store a new one and give it its id."""
        with database_errors():
            return await ApiKey.create(using_db=self.session, **values)

    async def revoke(self, key_id: int, now: datetime) -> None:
        """End one, unless it was ended before."""
        open_key = ApiKey.filter(id=key_id, revoked_at=None).using_db(self.session)
        await open_key.update(revoked_at=now)

    async def note_use(self, key_id: int, now: datetime, before: datetime) -> None:
        """Write down a use, unless there was one after ``before``."""
        is_old = Q(last_used_at=None) | Q(last_used_at__lte=before)
        await ApiKey.filter(is_old, id=key_id).using_db(self.session).update(last_used_at=now)
