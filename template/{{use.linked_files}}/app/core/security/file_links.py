"""Signatures that open one file, for a short time, to whoever has them."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Final

import jwt

from app.config.auth import AuthSettings
from app.core.errors import AppError
from app.core.security.tokens import ALGORITHM, LEEWAY, LONGEST, REJECTED

TYPE: Final = "file+jwt"
"""The signed header ``typ`` (RFC 8725, section 3.11): it is no access token, and none is it."""

REQUIRED: Final = ("iss", "aud", "exp", "sub")


class FileLinkError(AppError):
    """The signature is not ours, or of another file, or too old."""

    status = HTTPStatus.FORBIDDEN
    code = "file_link_not_valid"

    def __init__(self) -> None:
        super().__init__("The link is not valid, or not valid any more.")


@dataclass(frozen=True, slots=True)
class FileLinks:
    """Signs with the current key, and takes what earlier keys have signed."""

    settings: AuthSettings
    ttl: timedelta

    def sign(self, file_id: str) -> tuple[str, datetime]:
        """Give a signature, and when it ends."""
        expires_at = datetime.now(UTC) + self.ttl
        claims = {**self._service, "sub": file_id, "exp": expires_at}
        key = self.settings.signing_key
        return jwt.encode(claims, key, ALGORITHM, headers={"typ": TYPE}), expires_at

    def check(self, file_id: str, signature: str) -> None:
        """Raise FileLinkError unless it opens this file now."""
        if len(signature) <= LONGEST:
            for key in self.settings.accepted_keys:
                with suppress(*REJECTED):
                    return self._verify(file_id, signature, key)
        raise FileLinkError

    @property
    def _service(self) -> Mapping[str, str]:
        return {"iss": self.settings.issuer, "aud": self.settings.audience}

    def _verify(self, file_id: str, signature: str, key: str) -> None:
        """Look at the signature, by the one algorithm, before anything else."""
        parts = jwt.decode_complete(
            signature,
            key,
            algorithms=[ALGORITHM],
            issuer=self.settings.issuer,
            audience=self.settings.audience,
            leeway=LEEWAY,
            options={"require": list(REQUIRED), "strict_aud": True},
        )
        if parts["header"].get("typ") != TYPE or parts["payload"]["sub"] != file_id:
            raise jwt.InvalidTokenError
