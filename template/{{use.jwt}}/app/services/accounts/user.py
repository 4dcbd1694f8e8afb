"""What administrators do with users."""

from app.core.database.session import Session
from app.core.errors import ConflictError, NotFoundError
from app.core.security.access import ForbiddenError
from app.models.accounts.user import User
from app.models.utc import utc_now
from app.repositories.accounts.user import UserRepository
from app.schemas.accounts.role import Role
from app.schemas.accounts.user import UserQuery, UserUpdate
from app.schemas.page import Slice
from app.schemas.principal import Principal
from app.services.accounts.password import end_everything


class UserService:
    """Rules on users, in the caller's transaction."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.users = UserRepository(session)

    async def get(self, user_id: int) -> User:
        """Find a user or raise NotFoundError."""
        return found(await self.users.get(user_id))

    async def list(self, query: UserQuery) -> Slice[User]:
        """Read one page of users."""
        return await self.users.list(query)

    async def update(self, user_id: int, body: UserUpdate, by: Principal) -> User:
        """Change what ``body`` holds, but not of whoever asks: nobody raises themselves."""
        if by.subject == str(user_id):
            raise ForbiddenError("Nobody changes their own account here.", code="own_account")
        changes = body.model_dump(exclude_unset=True)
        if changes.get("role", Role.ADMIN) != Role.ADMIN or not changes.get("is_active", True):
            await keep_an_administrator(self.users, without=user_id)
        user = found(await self.users.lock(user_id))
        await self.users.update(user, changes)
        if not user.is_active:
            await end_everything(self.session, user)
        return user

    async def add_admin(self, email: str, password_hash: str) -> User:
        """Add an administrator whose e-mail nobody has to prove."""
        if await self.users.get_by_email(email) is not None:
            raise ConflictError("There is a user with this e-mail.", code="email_taken")
        return await self.users.add(
            {
                "email": email,
                "password_hash": password_hash,
                "role": Role.ADMIN,
                "is_active": True,
                "verified_at": utc_now(),
            }
        )


async def keep_an_administrator(users: UserRepository, without: int) -> None:
    """Refuse what would leave nobody who can administrate.

    Before any user is locked: so two who demote each other take turns, and do not deadlock.
    """
    if await users.lock_administrators() == [without]:
        raise ConflictError("This is the last administrator.", code="last_administrator")


def found(user: User | None) -> User:
    """Miss a user."""
    if user is None:
        raise NotFoundError("There is no such user.", code="user_not_found")
    return user
