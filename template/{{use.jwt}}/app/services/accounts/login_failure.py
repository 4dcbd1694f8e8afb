"""How many sign-ins may fail."""

from app.config.auth import AuthSettings
from app.core.database.session import Database, Session, transaction
from app.core.security.account_errors import TooManyAttemptsError
from app.core.security.tokens import digest
from app.models.accounts.user import User
from app.models.utc import utc_now
from app.repositories.accounts.login_failure import LoginFailureRepository
from app.repositories.accounts.user_session import UserSessionRepository


class LoginLimiter:
    """Counts an attempt as failed until it has succeeded, so that parallel ones are counted too."""

    def __init__(self, database: Database, settings: AuthSettings) -> None:
        self.database = database
        self.settings = settings

    async def admit(self, email: str, user: User | None, address: str) -> None:
        """Count an attempt, or raise TooManyAttemptsError; one that is refused does not count.

        An e-mail that nobody has is treated as any other (OWASP API2:2023).
        """
        attempt_id = await self.count(digest(email), address)
        async with transaction(self.database) as session:
            exceeded = await self.exceeded(session, digest(email), user, address)
            if exceeded:
                await LoginFailureRepository(session).remove(attempt_id)
        if exceeded:
            raise TooManyAttemptsError(self.settings.login_window)

    async def count(self, account: str, address: str) -> int:
        """Store an attempt where others see it, and forget old ones."""
        async with transaction(self.database) as session:
            failures = LoginFailureRepository(session)
            await failures.delete_before(utc_now() - self.settings.login_window)
            return (await failures.add({"account": account, "address": address})).id

    async def exceeded(
        self, session: Session, account: str, user: User | None, address: str
    ) -> bool:
        """Hold the attempts within the window against each limit.

        That of an account does not hold for addresses that its user has signed in from: a stranger
        who fails on purpose locks out strangers only.
        """
        since = utc_now() - self.settings.login_window
        failures = LoginFailureRepository(session)
        of_pair = await failures.count(since, account=account, address=address)
        of_address = await failures.count(since, address=address)
        of_account = await failures.count(since, account=account)
        limits = self.settings
        if of_pair > limits.login_limit_per_pair or of_address > limits.login_limit_per_address:
            return True
        if of_account <= limits.login_limit_per_account:
            return False
        sessions = UserSessionRepository(session)
        return user is None or not await sessions.has_address(user.id, address)

    async def succeeded(self, session: Session, email: str, address: str) -> None:
        """Stop counting what failed from here, in the caller's transaction."""
        await LoginFailureRepository(session).clear(digest(email), address)
