"""Signed tokens: what a client shows instead of its password (ASVS 5, chapter 9)."""

import hashlib
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Final
from uuid import uuid4

import jwt
from pydantic import BaseModel, ConfigDict, Field

from app.config.auth import AuthSettings
from app.config.settings import Settings
from app.core.security.access import UnauthenticatedError

ALGORITHM: Final = "HS256"
REQUIRED: Final = ("iss", "aud", "exp", "iat", "jti", "sub", "sid")
LONGEST: Final = 2048

# Two machines' clocks are never quite alike (RFC 7519, section 4.1.4).
LEEWAY: Final = timedelta(seconds=5)

# What reading a hostile token can end with: a date beyond all calendars has errors of its own.
REJECTED: Final = (jwt.PyJWTError, ValueError, OverflowError, OSError)


class TokenType(StrEnum):
    """What a token is for.

    It stands in the signed header ``typ``, where RFC 8725 (section 3.11) wants it and RFC 9068
    (section 2.1) gives access tokens their value.
    """

    ACCESS = "at+jwt"
    REFRESH = "rt+jwt"


Id = Annotated[str, Field(pattern="^[0-9a-f]{32}$")]


class Payload(BaseModel):
    """What the service reads of a token whose signature is right.

    Another one may have the key too, so what goes into a query is looked at first.
    """

    model_config = ConfigDict(strict=True)

    sub: Annotated[str, Field(pattern="^[0-9]{1,19}$")]
    sid: Id
    jti: Id
    exp: int


@dataclass(frozen=True, slots=True)
class Claims:
    """What a valid token says."""

    subject: str
    session_id: str
    token_id: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Tokens:
    """Makes tokens with the current key, and reads those of earlier keys too."""

    settings: AuthSettings

    def access(self, subject: str, session_id: str) -> str:
        """Sign a token that opens the API for ``ACCESS_TOKEN_TTL``."""
        expires_at = datetime.now(UTC) + self.settings.access_token_ttl
        return self._sign(TokenType.ACCESS, subject, session_id, expires_at)

    def refresh(self, subject: str, session_id: str, expires_at: datetime) -> str:
        """Sign a token that is good for one exchange against new ones."""
        return self._sign(TokenType.REFRESH, subject, session_id, expires_at)

    def read_access(self, token: str) -> Claims:
        """Raise UnauthenticatedError unless it is a valid access token."""
        return self._read(TokenType.ACCESS, token)

    def read_refresh(self, token: str) -> Claims:
        """Raise UnauthenticatedError unless it is a valid refresh token."""
        return self._read(TokenType.REFRESH, token)

    def _sign(
        self, token_type: TokenType, subject: str, session_id: str, expires_at: datetime
    ) -> str:
        claims = {
            "iss": self.settings.issuer,
            "aud": self.settings.audience,
            "sub": subject,
            "sid": session_id,
            "jti": uuid4().hex,
            "iat": datetime.now(UTC),
            "exp": expires_at,
        }
        return jwt.encode(
            claims, self.settings.signing_key, ALGORITHM, headers={"typ": token_type.value}
        )

    def _read(self, token_type: TokenType, token: str) -> Claims:
        """Try each key; whatever is wrong with a token, the answer is the same."""
        if len(token) <= LONGEST:
            for key in self.settings.accepted_keys:
                with suppress(*REJECTED):
                    return self._verify(token_type, token, key)
        raise UnauthenticatedError("The token is not valid, or not valid any more.")

    def _verify(self, token_type: TokenType, token: str, key: str) -> Claims:
        """Check the signature, by the one algorithm, before anything that the token says."""
        parts = jwt.decode_complete(
            token,
            key,
            algorithms=[ALGORITHM],
            issuer=self.settings.issuer,
            audience=self.settings.audience,
            leeway=LEEWAY,
            options={"require": list(REQUIRED), "strict_aud": True},
        )
        if parts["header"].get("typ") != token_type:
            raise jwt.InvalidTokenError("typ")
        payload = Payload.model_validate(parts["payload"])
        return Claims(
            subject=payload.sub,
            session_id=payload.sid,
            token_id=payload.jti,
            expires_at=datetime.fromtimestamp(payload.exp, UTC),
        )


def digest(token: str) -> str:
    """Hash a token for storage: it is random, so it needs no salt and no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


@asynccontextmanager
async def tokens_resource(settings: Settings) -> AsyncGenerator[Mapping[str, Tokens]]:
    """Keep the keys at hand for as long as the service runs."""
    yield {"tokens": Tokens(settings.auth)}
