"""Where profiles are kept."""

from collections.abc import Mapping

from app.core.database.session import Session, database_errors
from app.models.articles.profile import Profile


class ProfileRepository:
    """Queries on profiles, in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def get(self, handle: str) -> Profile | None:
        """Find one by its handle."""
        return await Profile.get_or_none(handle=handle, using_db=self.session)

    async def of_user(self, user_id: int) -> Profile | None:
        """Find the one of a user."""
        return await Profile.get_or_none(user_id=user_id, using_db=self.session)

    async def write(self, user_id: int, values: Mapping[str, object]) -> None:
        """Store a user's first one, or change it."""
        profile = await self.of_user(user_id) or Profile(user_id=user_id)
        for name, value in values.items():
            setattr(profile, name, value)
        with database_errors():
            await profile.save(using_db=self.session)
