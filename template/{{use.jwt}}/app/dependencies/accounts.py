"""What proves passwords and e-mails: each opens transactions of its own, between the slow parts."""

from typing import Annotated, Final

from fastapi import Depends
from fastapi.security import OAuth2PasswordRequestForm
from starlette.requests import HTTPConnection

from app.core.lifespan import State, state_of
from app.core.mail.mailer import AbsentMailer
from app.core.mail.message import MailUnavailableError
from app.services.accounts.account import AccountService
from app.services.accounts.login_failure import LoginLimiter
from app.services.accounts.mailed_token import MailedTokens
from app.services.accounts.password_reset import PasswordResetService
from app.services.accounts.refresh import RefreshService
from app.services.accounts.registration import RegistrationService
from app.services.accounts.session_tokens import SessionTokens
from app.services.accounts.sign_in import SignInService


def session_tokens(state: State) -> SessionTokens:
    """Make tokens as the settings say."""
    return SessionTokens(state["tokens"], state["settings"].auth)


def limiter(state: State) -> LoginLimiter:
    """Count attempts as the settings say."""
    return LoginLimiter(state["database"], state["settings"].auth)


async def get_sign_in_service(connection: HTTPConnection) -> SignInService:
    """Put the layers together."""
    state = state_of(connection)
    return SignInService(
        state["database"], state["passwords"], session_tokens(state), limiter(state)
    )


async def get_refresh_service(connection: HTTPConnection) -> RefreshService:
    """Put the layers together."""
    state = state_of(connection)
    return RefreshService(state["database"], session_tokens(state))


async def get_account_service(connection: HTTPConnection) -> AccountService:
    """Put the layers together."""
    state = state_of(connection)
    return AccountService(
        state["database"], state["passwords"], session_tokens(state), limiter(state)
    )


async def get_registration_service(connection: HTTPConnection) -> RegistrationService:
    """Put the layers together."""
    state = state_of(connection)
    mailed_tokens = MailedTokens(state["settings"].auth)
    return RegistrationService(
        state["database"], state["passwords"], mailed_tokens, state["mailer"]
    )


async def get_password_reset_service(connection: HTTPConnection) -> PasswordResetService:
    """Put the layers together."""
    state = state_of(connection)
    mailed_tokens = MailedTokens(state["settings"].auth)
    return PasswordResetService(
        state["database"], state["passwords"], mailed_tokens, state["mailer"]
    )


async def require_mailer(connection: HTTPConnection) -> None:
    """Miss the mailer before the answer: nobody could be told after it."""
    if isinstance(state_of(connection)["mailer"], AbsentMailer):
        raise MailUnavailableError("This service is not set up to send mail.")


REQUIRE_MAILER: Final = Depends(require_mailer)

SignInForm = Annotated[OAuth2PasswordRequestForm, Depends()]
SignInServiceDep = Annotated[SignInService, Depends(get_sign_in_service)]
RefreshServiceDep = Annotated[RefreshService, Depends(get_refresh_service)]
AccountServiceDep = Annotated[AccountService, Depends(get_account_service)]
RegistrationServiceDep = Annotated[RegistrationService, Depends(get_registration_service)]
PasswordResetServiceDep = Annotated[PasswordResetService, Depends(get_password_reset_service)]
