"""Where sessions are kept."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from tortoise.queryset import QuerySet

from app.core.database.session import Session
from app.models.accounts.user import User
from app.models.accounts.user_session import UserSession

AT_ONCE: Final = 100


class UserSessionRepository:
    """Queries on sessions, in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def add(self, values: Mapping[str, object]) -> UserSession:
        """Store a new one."""
        return await UserSession.create(using_db=self.session, **values)

    async def find_user(self, session_id: str, now: datetime) -> User | None:
        """Find the user of a session that has not ended, unless they are deactivated."""
        return await User.get_or_none(
            sessions__id=session_id,
            sessions__revoked_at__isnull=True,
            sessions__expires_at__gt=now,
            is_active=True,
            using_db=self.session,
        )

    async def list_open(self, user_id: int, now: datetime) -> Sequence[UserSession]:
        """Read those of a user that have not ended, the newest first."""
        return await self.open(now).filter(user_id=user_id).order_by("-created_at", "id")

    async def has_address(self, user_id: int, address: str) -> bool:
        """Tell whether a user has signed in from there, as far as is remembered."""
        sessions = UserSession.filter(user_id=user_id, address=address).using_db(self.session)
        return await sessions.exists()

    async def rotate(self, session_id: str, old: str, new: str, now: datetime) -> bool:
        """Exchange the digest, unless it is no longer ``old`` or the session has ended."""
        current = self.open(now).filter(id=session_id, refresh_digest=old)
        return await current.update(refresh_digest=new, last_used_at=now) > 0

    async def revoke(self, session_id: str, user_id: int, now: datetime) -> bool:
        """End one, unless it is another user's or has ended already."""
        own = self.open(now).filter(id=session_id, user_id=user_id)
        return await own.update(revoked_at=now) > 0

    async def revoke_all(self, user_id: int, now: datetime) -> None:
        """End all of a user."""
        await self.open(now).filter(user_id=user_id).update(revoked_at=now)

    async def delete_expired(self, now: datetime) -> None:
        """Forget what nobody can use any more, ``AT_ONCE`` of it.

        By key: a DELETE that searches locks what it passes, and may end in a deadlock.
        """
        expired = UserSession.filter(expires_at__lte=now).using_db(self.session)
        for each in await expired.order_by("id").limit(AT_ONCE):
            await UserSession.filter(id=each.id).using_db(self.session).delete()

    def open(self, now: datetime) -> QuerySet[UserSession]:
        """Choose those that have not ended."""
        found = UserSession.filter(revoked_at__isnull=True, expires_at__gt=now)
        return found.using_db(self.session)
