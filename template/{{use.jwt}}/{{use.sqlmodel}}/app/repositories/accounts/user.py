"""Where users are kept."""

from collections.abc import Mapping

from sqlmodel import col, select

from app.core.database.session import Session, database_errors
from app.models.accounts.user import User
from app.repositories.page import Listing
from app.schemas.accounts.role import Role
from app.schemas.accounts.user import UserQuery
from app.schemas.page import Slice

LISTING = Listing(
    model=User,
    key=col(User.id),
    sorts={"id": col(User.id), "email": col(User.email), "created_at": col(User.created_at)},
    filters={
        "email": lambda part: col(User.email).icontains(part, autoescape=True),
        "role": lambda role: col(User.role) == role,
        "is_active": lambda active: col(User.is_active) == active,
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
        return (await self.session.exec(select(User).where(User.email == email))).first()

    async def lock(self, user_id: int) -> User | None:
        """Read one as it is now, and let no one else change it until the transaction ends.

        Whatever belongs to a user is changed after this, so that no two changes meet half-way.
        """
        return await self.session.get(User, user_id, populate_existing=True, with_for_update=True)

    async def lock_administrators(self) -> list[int]:
        """List who can administrate, and let no one change that until the transaction ends."""
        statement = (
            select(col(User.id))
            .where(User.role == Role.ADMIN, User.is_active, col(User.verified_at).is_not(None))
            .order_by(col(User.id))
            .with_for_update()
        )
        return list(await self.session.exec(statement))

    async def list(self, query: UserQuery) -> Slice[User]:
        """Read one page."""
        return await LISTING.fetch(self.session, query, query.sort)

    async def add(self, values: Mapping[str, object]) -> User:
        """Store a new one and give it its id."""
        user = User.model_validate(values)
        self.session.add(user)
        with database_errors():
            await self.session.flush()
        return user

    async def update(self, user: User, values: Mapping[str, object]) -> None:
        """Change one that was locked."""
        user.sqlmodel_update(dict(values))
        await self.session.flush()
