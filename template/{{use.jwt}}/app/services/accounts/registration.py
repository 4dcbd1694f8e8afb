"""Registration: an e-mail and a password become a user once the e-mail is proven."""

from app.core.database.session import Database, Session, transaction
from app.core.mail.message import Mail, Mailer
from app.core.security.passwords import Passwords
from app.models.accounts.user import User
from app.models.utc import utc_now
from app.repositories.accounts.user import UserRepository
from app.schemas.accounts.role import Role
from app.schemas.accounts.user_token import Purpose
from app.services.accounts.afterwards import unheard
from app.services.accounts.mailed_token import MailedTokens
from app.services.accounts.mails import known_account_mail, verification_mail


class RegistrationService:
    """Answers alike whether an e-mail is known or not: the difference is in what is mailed."""

    def __init__(
        self, database: Database, passwords: Passwords, mailed_tokens: MailedTokens, mailer: Mailer
    ) -> None:
        self.database = database
        self.passwords = passwords
        self.mailed_tokens = mailed_tokens
        self.mailer = mailer

    async def hash(self, password: str) -> str:
        """Hash a password, which takes as long for everybody."""
        return await self.passwords.hash(password)

    async def register(self, email: str, password_hash: str) -> None:
        """Store a user and mail a token, after the answer (ASVS 6.3.8)."""
        with unheard("registration"):
            async with transaction(self.database) as session:
                mail = await self.store(session, email, password_hash)
            if mail is not None:
                await self.mailer.send(mail)

    async def store(self, session: Session, email: str, password_hash: str) -> Mail | None:
        """Store a user, unless one has proven the e-mail before, and say what to mail.

        What comes too soon after another one changes nothing: a password is taken from no request
        but the one whose token is sent.
        """
        user = await self.find_or_add(session, email, password_hash)
        known = user.verified_at is not None
        purpose = Purpose.RESET_PASSWORD if known else Purpose.VERIFY_EMAIL
        if not user.is_active or not await self.mailed_tokens.is_due(session, user.id, purpose):
            return None
        token = await self.mailed_tokens.issue(session, user.id, purpose)
        if known:
            return known_account_mail(email, token)
        await UserRepository(session).update(user, {"password_hash": password_hash})
        return verification_mail(email, token)

    async def find_or_add(self, session: Session, email: str, password_hash: str) -> User:
        """Lock the user of an e-mail, or add one without any rights."""
        users = UserRepository(session)
        known = await users.get_by_email(email)
        locked = await users.lock(known.id) if known else None
        if locked is not None:
            return locked
        return await users.add(
            {"email": email, "password_hash": password_hash, "role": Role.USER, "is_active": True}
        )

    async def verify(self, token: str) -> None:
        """Take the token as the proof of an e-mail, or raise InvalidTokenError."""
        async with transaction(self.database) as session:
            user = await self.mailed_tokens.use_up(session, token, Purpose.VERIFY_EMAIL)
            await UserRepository(session).update(user, {"verified_at": utc_now()})
