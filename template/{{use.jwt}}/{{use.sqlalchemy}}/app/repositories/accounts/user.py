"""Where users are kept."""

from collections.abc import Mapping

from sqlalchemy import select

from app.core.database.session import Session, database_errors
from app.models.accounts.user import User
from app.repositories.page import Listing
from app.schemas.accounts.role import Role
from app.schemas.accounts.user import UserQuery
from app.schemas.page import Slice

LISTING = Listing(
    model=User,
    key=User.id,
    sorts={"id": User.id, "email": User.email, "created_at": User.created_at},
    filters={
        "email": lambda part: User.email.icontains(part, autoescape=True),
        "role": lambda role: User.role == role,
        "is_active": lambda active: User.is_active == active,
    },
)


class UserRepository:
    """Queries on users, in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def get(self, user_id: int) -> User | None:
        """Find one by its id."""
        return await self.session.get(User, user_id)

    async def get_by_email(self, email: str) -> User | None:
        """Find one by its e-mail, in lower case."""
        return await self.session.scalar(select(User).where(User.email == email))

    async def lock(self, user_id: int) -> User | None:
        """Read one as it is now, and let no one else change it until the transaction ends.

        Whatever belongs to a user is changed after this, so that no two changes meet half-way.
        """
        return await self.session.get(User, user_id, populate_existing=True, with_for_update=True)

    async def lock_administrators(self) -> list[int]:
        """List who can administrate, and let no one change that until the transaction ends."""
        statement = (
            select(User.id)
            .where(User.role == Role.ADMIN, User.is_active, User.verified_at.is_not(None))
            .order_by(User.id)
            .with_for_update()
        )
        return list(await self.session.scalars(statement))

    async def list(self, query: UserQuery) -> Slice[User]:
        """Read one page."""
        return await LISTING.fetch(self.session, query, query.sort)

    async def add(self, values: Mapping[str, object]) -> User:
        """Store a new one and give it its id."""
        user = User(**values)
        self.session.add(user)
        with database_errors():
            await self.session.flush()
        return user

    async def update(self, user: User, values: Mapping[str, object]) -> None:
        """Change one that was locked."""
        for name, value in values.items():
            setattr(user, name, value)
        await self.session.flush()
