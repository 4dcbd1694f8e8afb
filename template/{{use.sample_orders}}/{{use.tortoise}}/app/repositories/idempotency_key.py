"""Where the keys are kept by which requests are known again."""

from datetime import datetime

from app.core.database.session import Session, database_errors
from app.core.errors import ConflictError
from app.models.idempotency_key import IdempotencyKey


class IdempotencyKeyRepository:
    """Queries on keys, in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def reserve(self, digest: str, request_digest: str) -> bool:
        """Store a key; whether nobody else had. Waits for whoever is about to."""
        values = {"digest": digest, "request_digest": request_digest, "answer": ""}
        try:
            with database_errors():
                async with self.session.in_transaction() as savepoint:
                    await IdempotencyKey.create(using_db=savepoint, **values)
        except ConflictError:
            return False
        return True

    async def keep(self, digest: str, answer: str) -> None:
        """Store what was answered."""
        one = IdempotencyKey.filter(digest=digest).using_db(self.session)
        with database_errors():
            await one.update(answer=answer)

    async def find(self, digest: str, request_digest: str) -> str | None:
        """Find what was answered to this request."""
        same = IdempotencyKey.filter(digest=digest, request_digest=request_digest)
        found = await same.using_db(self.session).first()
        return None if found is None else found.answer

    async def purge(self, before: datetime) -> int:
        """Delete what is older; say how many these were."""
        old = IdempotencyKey.filter(created_at__lt=before).using_db(self.session)
        with database_errors():
            return await old.delete()
