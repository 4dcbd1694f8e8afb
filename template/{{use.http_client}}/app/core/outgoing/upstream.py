"""One service that this one calls."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

import structlog
from httpx2 import AsyncClient, Request, Response
from pydantic import BaseModel, ValidationError
from stamina import retry_context

from app.config.outgoing import UpstreamSettings
from app.core.outgoing.allowance import Allowance
from app.core.outgoing.breaker import Breaker
from app.core.outgoing.budget import Budget
from app.core.outgoing.errors import FailedAttempt
from app.core.outgoing.fetching import fetch, invalid, judged

log = structlog.stdlib.get_logger()

Answer = TypeVar("Answer", bound=BaseModel)
Parameters = Mapping[str, str | int | float | bool]

ATTEMPTS: Final = 3
LONGEST_WAIT: Final = 0.5
"""Seconds between two attempts, unless the other side asks for another time."""
IDEMPOTENT: Final = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
"""What may be done twice (RFC 9110, section 9.2.2)."""


@dataclass(slots=True)
class Call:
    """A request on its way."""

    request: Request
    allowance: Allowance
    may_be_done_twice: bool
    attempts: int = 0


class Upstream:
    """Its connections, and what is known of it. All its users in the process share one."""

    def __init__(self, settings: UpstreamSettings, client: AsyncClient) -> None:
        self._settings = settings
        self._client = client
        self._budget = Budget()
        self.breaker = Breaker(settings.upstream, settings.breaker_failures, settings.breaker_pause)

    async def send(  # noqa: PLR0913 - a request has as many parts
        self,
        method: str,
        path: str,
        *,
        params: Parameters | None = None,
        headers: Mapping[str, str] | None = None,
        body: BaseModel | None = None,
        is_repeatable: bool = False,
    ) -> Response:
        """Call it; return an answer below 300, or of 4xx but 429.

        It takes ``timeout`` at the most, and no more than the request has left for which it is
        made. It is tried up to three times where its method may be repeated, or where it
        ``is_repeatable`` because the other side knows it again by a key. Raises
        UpstreamUnavailableError, UpstreamInvalidError or UpstreamTimeoutError.
        """
        content = None if body is None else body.model_dump_json().encode()
        typed = {} if content is None else {"Content-Type": "application/json"}
        request = self._client.build_request(
            method,
            f"{self._settings.url}{path}",
            params=params,
            headers={**context(), **typed, **(headers or {})},
            content=content,
        )
        repeatable = is_repeatable or request.method in IDEMPOTENT
        return await self._carry_out(
            Call(request, Allowance.of(self._settings.timeout), repeatable)
        )

    async def get(
        self, answer: type[Answer], path: str, *, params: Parameters | None = None
    ) -> Answer:
        """Read something of a known form; raise UpstreamInvalidError for anything else."""
        return understood(await self.send("GET", path, params=params), answer)

    async def _carry_out(self, call: Call) -> Response:
        """Repeat it where that may help, harms nobody and is not too late."""
        self._budget.earn()

        def again(error: Exception) -> bool | float:
            return isinstance(error, FailedAttempt) and self._repeats(call, error)

        attempts = retry_context(
            again, attempts=None, timeout=None, wait_max=LONGEST_WAIT, wait_jitter=LONGEST_WAIT
        )
        try:
            async for attempt in attempts:
                with attempt:
                    return await self._attempt(call)
        except FailedAttempt as failed:
            log.warning("call failed", upstream=self._settings.upstream, reason=failed.reason)
            raise failed.error from failed
        raise AssertionError  # the last attempt has returned or raised

    async def _attempt(self, call: Call) -> Response:
        """Try it once."""
        call.attempts += 1
        with self.breaker.attempt():
            async with call.allowance.limited():
                most = self._settings.max_body_size
                return judged(await fetch(self._client, call.request, most))

    def _repeats(self, call: Call, failed: FailedAttempt) -> bool | float:
        """Decide on one more attempt, and when: after what was asked for, else after some time."""
        wait = LONGEST_WAIT if failed.wait is None else failed.wait
        repeats = (
            failed.is_transient
            and (failed.is_harmless or call.may_be_done_twice)
            and call.attempts < ATTEMPTS
            and wait < call.allowance.left()
            and self._budget.spend()
        )
        return failed.wait if repeats and failed.wait is not None else repeats


def context() -> dict[str, str]:
    """Pass on the id by which a request is found in the logs of all services."""
    request_id = structlog.contextvars.get_contextvars().get("request_id")
    return {} if request_id is None else {"X-Request-ID": str(request_id)}


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
