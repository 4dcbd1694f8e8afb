"""A new password for whoever reads the e-mail."""

from app.core.database.session import Database, Session, transaction
from app.core.mail.message import Mail, Mailer
from app.core.security.passwords import Passwords
from app.models.utc import utc_now
from app.repositories.accounts.user import UserRepository
from app.schemas.accounts.auth import PasswordReset
from app.schemas.accounts.user_token import Purpose
from app.services.accounts.afterwards import unheard
from app.services.accounts.mailed_token import MailedTokens
from app.services.accounts.mails import password_reset_mail
from app.services.accounts.password import check_for, replace_password


class PasswordResetService:
    """Replaces a password that is forgotten, or that somebody else knows (ASVS 6.4.3)."""

    def __init__(
        self, database: Database, passwords: Passwords, mailed_tokens: MailedTokens, mailer: Mailer
    ) -> None:
        self.database = database
        self.passwords = passwords
        self.mailed_tokens = mailed_tokens
        self.mailer = mailer

    async def request(self, email: str) -> None:
        """Mail a token if somebody has this e-mail, after the answer (ASVS 6.3.8)."""
        with unheard("password reset"):
            async with transaction(self.database) as session:
                mail = await self.issue(session, email)
            if mail is not None:
                await self.mailer.send(mail)

    async def issue(self, session: Session, email: str) -> Mail | None:
        """Make a token for a user who is not deactivated, if the last one is not too new."""
        users = UserRepository(session)
        known = await users.get_by_email(email)
        user = await users.lock(known.id) if known else None
        if user is None or not user.is_active:
            return None
        if not await self.mailed_tokens.is_due(session, user.id, Purpose.RESET_PASSWORD):
            return None
        token = await self.mailed_tokens.issue(session, user.id, Purpose.RESET_PASSWORD)
        return password_reset_mail(email, token)

    async def confirm(self, body: PasswordReset) -> None:
        """Set the password, or raise InvalidTokenError or PasswordRefusedError.

        Whoever has the token reads the e-mail, so it proves that too.
        """
        async with transaction(self.database) as session:
            user = await self.mailed_tokens.user_of(session, body.token, Purpose.RESET_PASSWORD)
        check_for(user, body.password)
        password_hash = await self.passwords.hash(body.password)
        async with transaction(self.database) as session:
            user = await self.mailed_tokens.use_up(session, body.token, Purpose.RESET_PASSWORD)
            await replace_password(session, user, password_hash)
            if user.verified_at is None:
                await UserRepository(session).update(user, {"verified_at": utc_now()})
