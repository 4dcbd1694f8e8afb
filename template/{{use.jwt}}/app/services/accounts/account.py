"""What users do with their own account; each of it wants their password."""

from app.core.database.session import Database, Session, transaction
from app.core.security.access import ForbiddenError, UnauthenticatedError
from app.core.security.passwords import Passwords
from app.core.security.tokens import Claims
from app.models.accounts.user import User
from app.repositories.accounts.user import UserRepository
from app.repositories.accounts.user_session import UserSessionRepository
from app.schemas.accounts.auth import TokenPair
from app.schemas.accounts.user import PasswordChange
from app.services.accounts.login_failure import LoginLimiter
from app.services.accounts.password import check_for, end_everything, replace_password
from app.services.accounts.session import SessionService
from app.services.accounts.session_tokens import SessionTokens
from app.services.accounts.user import keep_an_administrator


class AccountService:
    """Wants the password as well as the token, which may be stolen (ASVS 7.5.1)."""

    def __init__(
        self,
        database: Database,
        passwords: Passwords,
        session_tokens: SessionTokens,
        limiter: LoginLimiter,
    ) -> None:
        self.database = database
        self.passwords = passwords
        self.session_tokens = session_tokens
        self.limiter = limiter

    async def change_password(
        self, claims: Claims, body: PasswordChange, address: str
    ) -> TokenPair:
        """Set another password and end all sessions; a new one begins."""
        user = await self.prove(claims, body.current_password, address)
        check_for(user, body.password)
        password_hash = await self.passwords.hash(body.password)
        async with transaction(self.database) as session:
            locked = await lock_unchanged(session, user)
            await replace_password(session, locked, password_hash)
            return await self.session_tokens.begin(session, user.id, address)

    async def deactivate(self, claims: Claims, password: str, address: str) -> None:
        """Let nobody sign in any more, and end all sessions."""
        user = await self.prove(claims, password, address)
        async with transaction(self.database) as session:
            users = UserRepository(session)
            await keep_an_administrator(users, without=user.id)
            locked = await lock_unchanged(session, user)
            await users.update(locked, {"is_active": False})
            await end_everything(session, locked)

    async def prove(self, claims: Claims, password: str, address: str) -> User:
        """Find the session's user, or raise ForbiddenError for a wrong password."""
        async with transaction(self.database) as session:
            user = await SessionService(UserSessionRepository(session)).user_of(claims)
        await self.limiter.admit(user.email, user, address)
        verdict = await self.passwords.verify(password, user.password_hash)
        if not verdict.valid:
            raise ForbiddenError("The password is wrong.", code="wrong_password")
        return user


async def lock_unchanged(session: Session, user: User) -> User:
    """Lock a user, unless the password that was proven is no longer theirs."""
    locked = await UserRepository(session).lock(user.id)
    if locked is None or not locked.is_active or locked.password_hash != user.password_hash:
        raise UnauthenticatedError("The session has ended.")
    return locked
