"""A limit on the time until a request is answered, and an end to what nobody waits for."""

import asyncio
from datetime import timedelta
from http import HTTPStatus
from math import inf
from typing import Final

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core.deadline import Deadline
from app.core.http.body_limit import has_body
from app.core.http.exchange import is_endless
from app.core.http.problem import problem_response

log = structlog.stdlib.get_logger()

READING: Final = frozenset({"GET", "HEAD"})
SLOWEST: Final = 16_384
"""Bytes a second: whoever sends a body has as much more time as it takes at this pace."""


class DeadlineMiddleware:
    """Answer 504 to a request that has no answer after ``limit``; zero is no limit.

    What it was doing is cancelled, and so rolled back, unless it was being committed.
    """

    def __init__(self, app: ASGIApp, limit: timedelta) -> None:
        self.app = app
        self.seconds = limit.total_seconds()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass anything but HTTP through."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        waiting = Waiting(scope, receive, send)
        scope["state"]["waiting"] = waiting
        waiting.wait(self.seconds)
        try:
            with waiting.deadline:
                await self.app(scope, waiting.receive if waiting.sends else receive, waiting.send)
        except Exception:
            if not waiting.deadline.passed:
                raise
        finally:
            waiting.stop()
        await waiting.answered()


class Waiting:
    """A client, from its request to the first byte of its answer.

    ``sends`` says that its request is not complete yet, ``earned`` how much time that has brought,
    ``begun`` how its answer began.
    """

    __slots__ = (
        *("answer", "begun", "deadline", "earned", "is_ending", "sends", "timer"),
        *("_receive", "_scope", "_send"),
    )

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._scope = scope
        self._receive = receive
        self._send = send
        self.deadline = Deadline()
        self.begun: Message | None = None
        self.is_ending = False
        self.sends = has_body(scope)
        self.earned = 0.0
        self.timer: asyncio.TimerHandle | None = None
        self.answer: asyncio.Task[None] | None = None

    def wait(self, seconds: float) -> None:
        """Lose patience after so long."""
        if seconds:
            loop = asyncio.get_running_loop()
            self.timer = loop.call_later(seconds, self.lose_patience)
            self.deadline.ends = loop.time() + seconds

    def stop(self) -> None:
        """Wait for nothing any more."""
        self.deadline.ends = inf
        if self.timer is not None:
            self.timer.cancel()

    def lose_patience(self) -> None:
        """Answer at once, beside the task, which may take its time to end."""
        seconds, self.earned = self.earned, 0.0
        if seconds:
            self.wait(seconds)
            return
        self.deadline.pass_by()
        self.answer = asyncio.get_running_loop().create_task(self.answer_timeout())

    def leave(self) -> None:
        """End what only reads: nobody wants it. What writes goes on, as nobody may take it back."""
        if self.begun is None and self._scope["method"] in READING:
            self.stop()
            self.deadline.pass_by()

    async def receive(self) -> Message:
        """Count what comes."""
        message = await self._receive()
        self.sends = message.get("more_body", False)
        self.earned += len(message.get("body", b"")) / SLOWEST
        return message

    async def send(self, message: Message) -> None:
        """Wait no more, now that it begins; what comes too late is for nobody."""
        if self.deadline.passed:
            return
        self.stop()
        await self._send(message)
        if self.begun is None:
            self.begun = message
            if self.is_ending:  # the server is about to
                self.end()

    def end(self) -> None:
        """End a stream of events, as the server does: who listens comes back (HTML, 9.2)."""
        self.is_ending = True
        if self.begun is not None and is_endless(self.begun):
            loop = asyncio.get_running_loop()
            loop.call_soon(self.deadline.pass_by)
            self.answer = loop.create_task(self.end_stream())

    async def answered(self) -> None:
        """Let what this class says be sent."""
        if self.answer is not None:
            await self.answer

    async def end_stream(self) -> None:
        """Complete the answer."""
        await self._send({"type": "http.response.body"})

    async def answer_timeout(self) -> None:
        """Hang up as well on whoever still sends."""
        log.warning("request timed out")
        response = problem_response(
            HTTPStatus.GATEWAY_TIMEOUT,
            code="request_timeout",
            detail="The request took too long.",
            request_id=self._scope["state"]["exchange"].request_id,
            headers={"Connection": "close"} if self.sends else None,
        )
        await response(self._scope, self._receive, self._send)
