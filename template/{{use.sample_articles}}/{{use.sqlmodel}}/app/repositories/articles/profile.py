"""Where profiles are kept."""

from collections.abc import Mapping

from sqlmodel import col, select

from app.core.database.session import Session, database_errors
from app.models.articles.profile import Profile


class ProfileRepository:
    """Queries on profiles, in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def get(self, handle: str) -> Profile | None:
        """Find one by its handle."""
        return (
            await self.session.exec(select(Profile).where(col(Profile.handle) == handle))
        ).first()

    async def of_user(self, user_id: int) -> Profile | None:
        """Find the one of a user."""
        return (
            await self.session.exec(select(Profile).where(col(Profile.user_id) == user_id))
        ).first()

    async def write(self, user_id: int, values: Mapping[str, object]) -> None:
        """Store a user's first one, or change it."""
        profile = await self.of_user(user_id)
        if profile is None:
            profile = Profile.model_validate({"user_id": user_id, **values})
        profile.sqlmodel_update(dict(values))
        self.session.add(profile)
        with database_errors():
            await self.session.flush()
