"""Where keys are kept."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import or_, select, update

from app.core.database.session import Session, database_errors
from app.models.api_key import ApiKey
from app.repositories.page import Listing
from app.schemas.api_key import OwnedKeyQuery
from app.schemas.page import Slice

LISTING = Listing(
    model=ApiKey,
    key=ApiKey.id,
    sorts={"id": ApiKey.id, "name": ApiKey.name, "created_at": ApiKey.created_at},
    filters={"subject": lambda subject: ApiKey.subject == subject},
)


class ApiKeyRepository:
    """Queries on keys, in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def get(self, key_id: int) -> ApiKey | None:
        """Find one by its id."""
        return await self.session.get(ApiKey, key_id)

    async def find(self, prefix: str) -> ApiKey | None:
        """Find the one with a prefix."""
        return await self.session.scalar(select(ApiKey).where(ApiKey.prefix == prefix))

    async def list(self, query: OwnedKeyQuery) -> Slice[ApiKey]:
        """Read one page."""
        return await LISTING.fetch(self.session, query, query.sort)

    async def add(self, values: Mapping[str, object]) -> ApiKey:
        """Store a new one and give it its id."""
        key = ApiKey(**values)
        self.session.add(key)
        with database_errors():
            await self.session.flush()
        return key

    async def revoke(self, key_id: int, now: datetime) -> None:
        """End one, unless it was ended before."""
        await self.session.execute(
            update(ApiKey)
            .where(ApiKey.id == key_id, ApiKey.revoked_at.is_(None))
            .values(revoked_at=now)
        )

    async def note_use(self, key_id: int, now: datetime, before: datetime) -> None:
        """Write down a use, unless there was one after ``before``."""
        is_old = or_(ApiKey.last_used_at.is_(None), ApiKey.last_used_at <= before)
        await self.session.execute(
            update(ApiKey).where(ApiKey.id == key_id, is_old).values(last_used_at=now)
        )
