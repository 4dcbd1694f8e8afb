"""What is known of a request while it is answered."""

import re
from dataclasses import dataclass, field
from secrets import token_hex
from time import perf_counter
from typing import Final

from starlette.types import Message, Scope

ENDLESS: Final = b"text/event-stream"
REQUEST_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,128}")


@dataclass(slots=True)
class Exchange:
    """A request and how far its answer has come."""

    request_id: str
    began: float = field(default_factory=perf_counter)
    status: int | None = None

    def milliseconds(self) -> float:
        """Say how long it has taken so far."""
        return (perf_counter() - self.began) * 1000


def request_id(scope: Scope) -> str:
    """Take over a well-formed X-Request-ID, so that one id follows a request through services."""
    given = dict(scope["headers"]).get(b"x-request-id", b"").decode("latin-1")
    return given if REQUEST_ID.fullmatch(given) else token_hex(16)


def is_endless(start: Message) -> bool:
    """Tell from its type whether an answer goes on for as long as somebody listens."""
    return any(
        name == b"content-type" and value.startswith(ENDLESS) for name, value in start["headers"]
    )
