"""E-mail addresses, as they are compared and stored."""

from typing import Annotated, Final

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, EmailStr, Field, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError


def canonical(email: str) -> str:
    """Write an address in the one way that every mail server reads: in lower case and in ASCII.

    The name of an international domain is encoded (RFC 5891); what is before the @ cannot be.
    """
    try:
        parts = validate_email(email, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise PydanticCustomError("email_not_ascii", "must be in ASCII before the @") from error
    return str(parts.ascii_email).lower()


Email = Annotated[EmailStr, Field(max_length=254), AfterValidator(canonical)]

ADAPTER: Final = TypeAdapter[str](Email)


def parse_email(text: str) -> str | None:
    """Write an address as it is stored; None for what is none, so nobody's."""
    try:
        return ADAPTER.validate_python(text)
    except ValidationError:
        return None
