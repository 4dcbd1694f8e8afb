"""One service that this one calls."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Final

import structlog
from httpx2 import AsyncClient, Response
from pydantic import BaseModel
from stamina import retry_context

from app.config.outgoing import UpstreamSettings
from app.core.outgoing.allowance import Allowance
from app.core.outgoing.breaker import Breaker
from app.core.outgoing.budget import Budget
from app.core.outgoing.calls import IDEMPOTENT, Answer, Call, headers_of, understood
from app.core.outgoing.errors import FailedAttempt
from app.core.outgoing.fetching import begin, fetch, judged
from app.core.outgoing.streamed import Streamed

log = structlog.stdlib.get_logger()

Parameters = Mapping[str, str | int | float | bool]

ATTEMPTS: Final = 3
LONGEST_WAIT: Final = 0.5
"""Seconds between two attempts, unless the other side asks for another time."""


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
        request = self._client.build_request(
            method,
            f"{self._settings.url}{path}",
            params=params,
            headers=headers_of(content, headers),
            content=content,
        )
        repeatable = is_repeatable or request.method in IDEMPOTENT
        return await self._carry_out(
            Call(request, Allowance.of(self._settings.timeout), repeatable)
        )

    @asynccontextmanager
    async def stream(
        self, path: str, body: BaseModel, *, limit: timedelta
    ) -> AsyncGenerator[Streamed]:
        """Post something; give an answer as ``send`` does, but to be read within as it comes.

        Until it begins, it has the time that ``send`` has. Then it may take ``limit``, and has as
        many bytes at the most. It is tried again only where nothing was sent.
        """
        content = body.model_dump_json().encode()
        request = self._client.build_request(
            "POST",
            f"{self._settings.url}{path}",
            headers=headers_of(content, None),
            content=content,
        )
        call = Call(request, Allowance.of(self._settings.timeout), False, streams=True)
        response = await self._carry_out(call)
        try:
            most = self._settings.max_body_size
            yield Streamed(response, self.breaker, Allowance.for_stream(limit), most)
        finally:
            await response.aclose()

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
        with self.breaker.attempt(is_whole=not call.streams):
            async with call.allowance.limited():
                if call.streams:
                    return await begin(self._client, call.request)
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
