"""Where the keys are kept by which requests are known again."""

from datetime import datetime
from typing import Final

from sqlalchemy import delete, insert, select, update

from app.core.database.session import Session, database_errors
from app.core.errors import ConflictError
from app.models.base import Base
from app.repositories.changed import changed

KEYS: Final = Base.metadata.tables["idempotency_keys"]


class IdempotencyKeyRepository:
    """Queries on keys, in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def reserve(self, digest: str, request_digest: str) -> bool:
        """Store a key; whether nobody else had. Waits for whoever is about to."""
        values = {"digest": digest, "request_digest": request_digest, "answer": ""}
        try:
            with database_errors():
                async with self.session.begin_nested():  # a refusal leaves the rest as it is
                    connection = await self.session.connection()
                    await connection.execute(insert(KEYS).values(values))
        except ConflictError:
            return False
        return True

    async def keep(self, digest: str, answer: str) -> None:
        """Store what was answered."""
        one = update(KEYS).where(KEYS.c.digest == digest)
        await changed(self.session, one.values(answer=answer))

    async def find(self, digest: str, request_digest: str) -> str | None:
        """Find what was answered to this request."""
        same = (KEYS.c.digest == digest, KEYS.c.request_digest == request_digest)
        connection = await self.session.connection()
        return await connection.scalar(select(KEYS.c.answer).where(*same))

    async def purge(self, before: datetime) -> int:
        """Delete what is older; say how many these were."""
        return await changed(self.session, delete(KEYS).where(KEYS.c.created_at < before))
