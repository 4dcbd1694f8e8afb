"""Conditional requests (RFC 9110, section 13): a row's version is its entity tag."""

from typing import Annotated

from fastapi import Header

from app.core.errors import PreconditionFailedError, PreconditionRequiredError

IfMatch = Annotated[str | None, Header(description='The ETag that the change is based on, or "*".')]
IfNoneMatch = Annotated[str | None, Header(description="The ETag that the client holds.")]


def etag(version: int) -> str:
    """Quote a version."""
    return f'"{version}"'


def tags(header: str) -> set[str]:
    """List a header's tags. A proxy that compresses weakens them, which a version survives."""
    return {tag.strip().removeprefix("W/") for tag in header.split(",")}


def require_match(version: int, if_match: str | None) -> None:
    """Refuse a change that is not based on ``version``."""
    if if_match is None:
        raise PreconditionRequiredError("Send the ETag that the change is based on as If-Match.")
    if tags(if_match).isdisjoint({"*", etag(version)}):
        raise PreconditionFailedError("It was changed meanwhile: read it again.")


def is_known(version: int, if_none_match: str | None) -> bool:
    """Tell whether the client holds ``version`` already."""
    return if_none_match is not None and not tags(if_none_match).isdisjoint({"*", etag(version)})
