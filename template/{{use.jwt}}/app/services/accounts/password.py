"""A new password, and what it ends."""

from pydantic_core import PydanticCustomError

from app.core.database.session import Session
from app.core.security.account_errors import PasswordRefusedError
from app.core.security.tokens import digest
from app.models.accounts.user import User
from app.models.utc import utc_now
from app.repositories.accounts.login_failure import LoginFailureRepository
from app.repositories.accounts.user import UserRepository
from app.repositories.accounts.user_session import UserSessionRepository
from app.repositories.accounts.user_token import UserTokenRepository
from app.schemas.accounts.password import refuse_email
from app.schemas.accounts.user_token import Purpose


def check_for(user: User, password: str) -> None:
    """Raise PasswordRefusedError if it is the user's e-mail."""
    try:
        refuse_email(password, user.email)
    except PydanticCustomError as error:
        raise PasswordRefusedError(f"The password {error.message()}.") from error


async def replace_password(session: Session, user: User, password_hash: str) -> None:
    """Store the hash for a user who is locked, and end what the old one began (ASVS 7.4.3)."""
    await UserRepository(session).update(user, {"password_hash": password_hash})
    await end_everything(session, user)
    await LoginFailureRepository(session).clear(digest(user.email))


async def end_everything(session: Session, user: User) -> None:
    """End all sessions of a user who is locked, and all tokens in their e-mails."""
    await UserSessionRepository(session).revoke_all(user.id, utc_now())
    await UserTokenRepository(session).discard(user.id, *Purpose)
