"""Where users are kept."""

from collections.abc import Mapping

from app.core.database.session import Session, database_errors
from app.models.accounts.user import User
from app.models.utc import utc_now
from app.repositories.page import Listing
from app.schemas.accounts.role import Role
from app.schemas.accounts.user import UserQuery
from app.schemas.page import Slice

LISTING = Listing(
    model=User,
    key="id",
    sorts={"id", "email", "created_at"},
    filters={"email": "email__icontains", "role": "role", "is_active": "is_active"},
)


class UserRepository:
    """Queries on users, in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def get(self, user_id: int) -> User | None:
        """Find one by its id."""
        return await User.get_or_none(id=user_id, using_db=self.session)

    async def get_by_email(self, email: str) -> User | None:
        """Find one by its e-mail, in lower case."""
        return await User.get_or_none(email=email, using_db=self.session)

    async def lock(self, user_id: int) -> User | None:
        """Read one as it is now, and let no one else change it until the transaction ends.

        Whatever belongs to a user is changed after this, so that no two changes meet half-way.
        """
        return await User.select_for_update(using_db=self.session).get_or_none(id=user_id)

    async def lock_administrators(self) -> list[int]:
        """List who can administrate, and let no one change that until the transaction ends."""
        administrators = User.select_for_update(using_db=self.session).filter(
            role=Role.ADMIN, is_active=True, verified_at__isnull=False
        )
        return [user.id for user in await administrators.order_by("id")]

    async def list(self, query: UserQuery) -> Slice[User]:
        """Read one page."""
        return await LISTING.fetch(self.session, query, query.sort)

    async def add(self, values: Mapping[str, object]) -> User:
        """Store a new one and give it its id."""
        with database_errors():
            return await User.create(using_db=self.session, **values)

    async def update(self, user: User, values: Mapping[str, object]) -> None:
        """Change one that was locked."""
        changes = {**values, "updated_at": utc_now()}
        await User.filter(id=user.id).using_db(self.session).update(**changes)
        for name, value in changes.items():
            setattr(user, name, value)
