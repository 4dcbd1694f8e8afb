"""What is said to register, to sign in, and to stay signed in."""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field, model_validator

from app.core.http.request_model import RequestModel
from app.schemas.accounts.email import Email
from app.schemas.accounts.password import NewPassword, refuse_email
from app.schemas.text import Text

MailedToken = Annotated[Text, Field(max_length=100)]


class Registration(RequestModel):
    """Somebody who wants to be a user."""

    email: Email
    password: NewPassword

    @model_validator(mode="after")
    def check_password(self) -> Self:
        """Refuse the e-mail as its own password."""
        refuse_email(self.password, self.email)
        return self


class Verification(RequestModel):
    """The token that proves who reads an e-mail."""

    token: MailedToken


class Notice(BaseModel):
    """What is told alike to everybody."""

    detail: str


class TokenPair(BaseModel):
    """Two tokens (RFC 6749, section 5.1); the access token is good for ``expires_in`` seconds."""

    access_token: str
    refresh_token: str
    token_type: Literal["bearer"] = "bearer"  # noqa: S105 - as RFC 6750 calls it
    expires_in: int


class Refresh(RequestModel):
    """The token that is exchanged for the next two."""

    refresh_token: str = Field(max_length=2000)


class PasswordResetRequest(RequestModel):
    """Somebody who does not know their password."""

    email: Email


class PasswordReset(RequestModel):
    """The token from the e-mail, and the password that holds from now on."""

    token: MailedToken
    password: NewPassword


class SessionRead(BaseModel):
    """Where and since when a user is signed in; ``current`` is the session that asks."""

    id: str
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime
    address: str
    current: bool
