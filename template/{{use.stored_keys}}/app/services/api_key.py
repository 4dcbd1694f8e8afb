"""What can be done with stored keys."""

from datetime import timedelta

from app.core.errors import NotFoundError
from app.core.security.access import ForbiddenError
from app.core.security.keys import new_key
from app.models.api_key import ApiKey
from app.models.utc import utc_now
from app.repositories.api_key import ApiKeyRepository
from app.schemas.api_key import ApiKeyCreated, ApiKeyQuery, ApiKeyRead, NewKey, OwnedKeyQuery
from app.schemas.page import Slice
from app.schemas.principal import Principal


class ApiKeyService:
    """Rules on keys. ``owner`` is whose keys are seen; None sees everybody's."""

    def __init__(self, keys: ApiKeyRepository) -> None:
        self.keys = keys

    async def give(self, maker: Principal, subject: str, body: NewKey) -> ApiKeyCreated:
        """Make a key that may do no more than its maker (OWASP API5:2023)."""
        beyond = body.scopes - maker.permissions
        if beyond:
            raise ForbiddenError(
                f"You cannot give what you do not have: {', '.join(sorted(beyond))}.",
                code="scope_not_allowed",
            )
        return await self.make(subject, body)

    async def make(self, subject: str, body: NewKey) -> ApiKeyCreated:
        """Make a key; nobody can show it again, since only the digest of its secret is stored."""
        key, now = new_key(), utc_now()
        days = body.expires_days
        stored = await self.keys.add(
            {
                "subject": subject,
                "name": body.name,
                "prefix": key.prefix,
                "digest": key.digest,
                "scopes": " ".join(sorted(body.scopes)),
                "created_at": now,
                "expires_at": None if days is None else now + timedelta(days=days),
            }
        )
        shown = ApiKeyRead.model_validate(stored)
        return ApiKeyCreated(**shown.model_dump(), key=key.reveal())

    async def get(self, key_id: int, owner: str | None) -> ApiKey:
        """Find a key or raise NotFoundError, as for one that is somebody else's (API1:2023)."""
        key = await self.keys.get(key_id)
        if key is None or owner not in {None, key.subject}:
            raise NotFoundError("There is no such key.", code="api_key_not_found")
        return key

    async def list(self, query: ApiKeyQuery, owner: str | None) -> Slice[ApiKey]:
        """Read one page of keys, also of those that have ended."""
        return await self.keys.list(OwnedKeyQuery(**query.model_dump(), subject=owner))

    async def revoke(self, key: ApiKey) -> None:
        """End a key, at once and for good."""
        await self.keys.revoke(key.id, utc_now())
