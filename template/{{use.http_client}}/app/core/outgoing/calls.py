"""What is asked of another service, and how its answer is understood."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

import structlog
from httpx2 import Request, Response
from pydantic import BaseModel, ValidationError

from app.core.outgoing.allowance import Allowance
from app.core.outgoing.fetching import invalid

log = structlog.stdlib.get_logger()

Answer = TypeVar("Answer", bound=BaseModel)

IDEMPOTENT: Final = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
"""What may be done twice (RFC 9110, section 9.2.2)."""


@dataclass(slots=True)
class Call:
    """A request on its way; what ``streams`` leaves its answer to be read."""

    request: Request
    allowance: Allowance
    may_be_done_twice: bool
    streams: bool = False
    attempts: int = 0


def context() -> dict[str, str]:
    """Pass on the id by which a request is found in the logs of all services."""
    request_id = structlog.contextvars.get_contextvars().get("request_id")
    return {} if request_id is None else {"X-Request-ID": str(request_id)}


def headers_of(content: bytes | None, headers: Mapping[str, str] | None) -> dict[str, str]:
    """Say what is sent, and for which request."""
    typed = {} if content is None else {"Content-Type": "application/json"}
    return {**context(), **typed, **(headers or {})}


def understood(response: Response, answer: type[Answer]) -> Answer:
    """Read an answer, or raise UpstreamInvalidError: neither its text nor why goes to a client."""
    try:
        if response.is_success:
            return answer.model_validate_json(response.content)
    except ValidationError:
        pass
    failed = invalid(f"status {response.status_code}")
    log.warning("answer not understood", reason=failed.reason, form=answer.__name__)
    raise failed.error
