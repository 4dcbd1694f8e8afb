"""/auth: what is proven by e-mail."""

from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, BackgroundTasks

from app.api.errors import problems
from app.core.mail.message import MailUnavailableError
from app.core.security.account_errors import InvalidTokenError
from app.dependencies.accounts import (
    REQUIRE_MAILER,
    PasswordResetServiceDep,
    RegistrationServiceDep,
)
from app.schemas.accounts.auth import (
    Notice,
    PasswordReset,
    PasswordResetRequest,
    Registration,
    Verification,
)

router = APIRouter(prefix="/auth", tags=["auth"])

READ_YOUR_MAIL: Final = Notice(detail="Read your mail: what comes next is written there.")


@router.post(
    "/register",
    status_code=HTTPStatus.ACCEPTED,
    response_model=Notice,
    dependencies=[REQUIRE_MAILER],
    responses=problems(MailUnavailableError, reads_body=True),
)
async def register(
    body: Registration, service: RegistrationServiceDep, tasks: BackgroundTasks
) -> Notice:
    """Ask for an account; the answer is alike for an e-mail that has one."""
    password_hash = await service.hash(body.password)
    tasks.add_task(service.register, body.email, password_hash)
    return READ_YOUR_MAIL


@router.post(
    "/verify",
    status_code=HTTPStatus.NO_CONTENT,
    responses=problems(InvalidTokenError, reads_body=True),
)
async def verify(body: Verification, service: RegistrationServiceDep) -> None:
    """Prove the e-mail with the token that was sent there."""
    await service.verify(body.token)


@router.post(
    "/password-reset",
    status_code=HTTPStatus.ACCEPTED,
    response_model=Notice,
    dependencies=[REQUIRE_MAILER],
    responses=problems(MailUnavailableError, reads_body=True),
)
async def request_password_reset(
    body: PasswordResetRequest, service: PasswordResetServiceDep, tasks: BackgroundTasks
) -> Notice:
    """Ask for a new password; the answer is alike for an e-mail that nobody has."""
    tasks.add_task(service.request, body.email)
    return READ_YOUR_MAIL


@router.post(
    "/password-reset/confirm",
    status_code=HTTPStatus.NO_CONTENT,
    responses=problems(InvalidTokenError, reads_body=True),
)
async def confirm_password_reset(body: PasswordReset, service: PasswordResetServiceDep) -> None:
    """Set a new password with the token that was sent by mail; all sessions end."""
    await service.confirm(body)
