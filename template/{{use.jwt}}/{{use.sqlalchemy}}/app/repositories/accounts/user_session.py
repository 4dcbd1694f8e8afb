"""Where sessions are kept."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, delete, exists, select, update

from app.core.database.session import Session
from app.models.accounts.user import User
from app.models.accounts.user_session import UserSession
from app.repositories.changed import changed

AT_ONCE: Final = 100


class UserSessionRepository:
    """Queries on sessions, in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def add(self, values: Mapping[str, object]) -> UserSession:
        """Store a new one."""
        user_session = UserSession(**values)
        self.session.add(user_session)
        await self.session.flush()
        return user_session

    async def find_user(self, session_id: str, now: datetime) -> User | None:
        """Find the user of a session that has not ended, unless they are deactivated."""
        query = (
            select(User)
            .join(UserSession, UserSession.user_id == User.id)
            .where(UserSession.id == session_id, *is_open(now), User.is_active)
        )
        return await self.session.scalar(query)

    async def list_open(self, user_id: int, now: datetime) -> Sequence[UserSession]:
        """Read those of a user that have not ended, the newest first."""
        query = (
            select(UserSession)
            .where(UserSession.user_id == user_id, *is_open(now))
            .order_by(UserSession.created_at.desc(), UserSession.id)
        )
        return (await self.session.scalars(query)).all()

    async def has_address(self, user_id: int, address: str) -> bool:
        """Tell whether a user has signed in from there, as far as is remembered."""
        query = exists().where(UserSession.user_id == user_id, UserSession.address == address)
        return bool(await self.session.scalar(select(query)))

    async def rotate(self, session_id: str, old: str, new: str, now: datetime) -> bool:
        """Exchange the digest, unless it is no longer ``old`` or the session has ended."""
        current = update(UserSession).where(
            UserSession.id == session_id, UserSession.refresh_digest == old, *is_open(now)
        )
        values = current.values(refresh_digest=new, last_used_at=now)
        return await changed(self.session, values) > 0

    async def revoke(self, session_id: str, user_id: int, now: datetime) -> bool:
        """End one, unless it is another user's or has ended already."""
        own = update(UserSession).where(
            UserSession.id == session_id, UserSession.user_id == user_id, *is_open(now)
        )
        return await changed(self.session, own.values(revoked_at=now)) > 0

    async def revoke_all(self, user_id: int, now: datetime) -> None:
        """End all of a user."""
        await self.session.execute(
            update(UserSession)
            .where(UserSession.user_id == user_id, *is_open(now))
            .values(revoked_at=now)
        )

    async def delete_expired(self, now: datetime) -> None:
        """Forget what nobody can use any more, ``AT_ONCE`` of it.

        By key: a DELETE that searches locks what it passes, and may end in a deadlock.
        """
        expired = select(UserSession.id).where(UserSession.expires_at <= now)
        query = expired.order_by(UserSession.id).limit(AT_ONCE)
        for session_id in (await self.session.scalars(query)).all():
            await self.session.execute(delete(UserSession).where(UserSession.id == session_id))


def is_open(now: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Say what a session is that has not ended."""
    return UserSession.revoked_at.is_(None), UserSession.expires_at > now
