"""What a token that is sent by e-mail is good for."""

from enum import StrEnum


class Purpose(StrEnum):
    """A token of one purpose is worth nothing for another."""

    VERIFY_EMAIL = "verify_email"
    RESET_PASSWORD = "reset_password"  # noqa: S105 - the name of a purpose
