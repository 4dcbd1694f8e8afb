"""Where the keys are kept by which requests are known again."""

from datetime import datetime

from sqlalchemy import delete, select, update

from app.core.database.session import Session, database_errors
from app.core.errors import ConflictError
from app.models.idempotency_key import IdempotencyKey
from app.repositories.changed import changed


class IdempotencyKeyRepository:
    """Queries on keys, in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def reserve(self, digest: str, request_digest: str) -> bool:
        """Store a key; whether nobody else had. Waits for whoever is about to."""
        key = IdempotencyKey(digest=digest, request_digest=request_digest, answer="")
        try:
            with database_errors():
                async with self.session.begin_nested():  # a refusal leaves the rest as it is
                    self.session.add(key)
        except ConflictError:
            return False
        return True

    async def keep(self, digest: str, answer: str) -> None:
        """Store what was answered."""
        one = update(IdempotencyKey).where(IdempotencyKey.digest == digest)
        await self.session.execute(one.values(answer=answer))

    async def find(self, digest: str, request_digest: str) -> str | None:
        """Find what was answered to this request."""
        return await self.session.scalar(
            select(IdempotencyKey.answer).where(
                IdempotencyKey.digest == digest, IdempotencyKey.request_digest == request_digest
            )
        )

    async def purge(self, before: datetime) -> int:
        """Delete what is older; say how many these were."""
        old = delete(IdempotencyKey).where(IdempotencyKey.created_at < before)
        return await changed(self.session, old)
