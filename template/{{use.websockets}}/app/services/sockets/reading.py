"""What a client says, read."""

from typing import Final

from pydantic import TypeAdapter, ValidationError

from app.core.live.socket_errors import MessageTooLargeError, NotUnderstoodError
from app.schemas.sockets.messages import Received
from app.schemas.sockets.received import Message

RECEIVED: Final = TypeAdapter[Message](Received)
LONGEST: Final = 200


def read(text: str | None, limit: int) -> Message:
    """Raise MessageTooLargeError for more than ``limit`` bytes, or NotUnderstoodError."""
    if text is None:
        raise NotUnderstoodError("Messages are text.")
    if len(text.encode()) > limit:
        raise MessageTooLargeError
    try:
        return RECEIVED.validate_json(text)
    except ValidationError as error:
        raise NotUnderstoodError(sentence(error)) from error


def sentence(error: ValidationError) -> str:
    """Say what is wrong first."""
    found = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(map(str, found["loc"]))
    return f"{place}: {found['msg']}".removeprefix(": ")[:LONGEST]
