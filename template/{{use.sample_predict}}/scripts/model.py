"""A small model server to develop against: it says a text back, word by word, last word first.

- ``POST /v1/predictions`` with ``{"inputs": ["..."]}`` answers ``{"outputs": [{"text": "..."}]}``,
  with ``{"error": "..."}`` in place of what it refuses.
- ``POST /v1/stream`` with one input answers a line of JSON for each word, ``{"text": "..."}``, and
  ``{"done": true}`` in the end; 422 for what it refuses.
- ``GET /running`` tells how many calls are under way, and how many there were.

A text that says ``refuse this`` is refused. Nothing of the service is imported.
"""

import argparse
import asyncio
import json
import os
from collections.abc import AsyncGenerator
from typing import Final, TypedDict

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

REFUSED: Final = "refuse this"
GLANCE: Final = 0.05
"""Seconds between two looks at whether the caller is still there."""


class Question(TypedDict):
    """What is asked."""

    inputs: list[str]


class Model:
    """Takes ``pause`` seconds for a call, and for each word of a stream."""

    def __init__(self, pause: float) -> None:
        self.pause = pause
        self.running = 0
        self.total = 0

    async def predict(self, request: Request) -> Response:
        """Answer all at once, which takes no longer than one."""
        question: Question = await request.json()
        left = self.pause
        while left > 0 and not await request.is_disconnected():
            await asyncio.sleep(min(left, GLANCE))
            left -= GLANCE
        return JSONResponse({"outputs": [output(text) for text in question["inputs"]]})

    async def stream(self, request: Request) -> Response:
        """Answer word by word."""
        question: Question = await request.json()
        (text,) = question["inputs"]
        if REFUSED in text:
            return JSONResponse({"error": "refused"}, 422)
        return StreamingResponse(self.lines(text), media_type="application/x-ndjson")

    async def lines(self, text: str) -> AsyncGenerator[str]:
        """Write a line for each word."""
        words = said(text).split(" ")
        for number, word in enumerate(words, 1):
            await asyncio.sleep(self.pause)
            yield json.dumps({"text": word if number == len(words) else f"{word} "}) + "\n"
        yield json.dumps({"done": True}) + "\n"

    async def count(self, _: Request) -> Response:
        """Tell what goes on."""
        return JSONResponse({"running": self.running, "total": self.total})

    async def healthy(self, _: Request) -> Response:
        """Be there."""
        return JSONResponse({"status": "ok"})

    def app(self) -> ASGIApp:
        """Serve all of this, and count the calls while they last."""
        routes = [
            Route("/v1/predictions", self.predict, methods=["POST"]),
            Route("/v1/stream", self.stream, methods=["POST"]),
            Route("/running", self.count),
            Route("/healthz", self.healthy),
            Route("/readyz", self.healthy),
        ]
        served = Starlette(routes=routes)

        async def counted(scope: Scope, receive: Receive, send: Send) -> None:
            is_call = scope["type"] == "http" and scope["method"] == "POST"
            self.running += is_call
            self.total += is_call
            try:
                await served(scope, receive, send)
            finally:
                self.running -= is_call

        return counted


def said(text: str) -> str:
    """Say it back."""
    return " ".join(reversed(text.split()))


def output(text: str) -> dict[str, str]:
    """Answer one text, or refuse it."""
    return {"error": "refused"} if REFUSED in text else {"text": said(text)}


def main() -> None:
    """Serve until a signal comes."""
    parser = argparse.ArgumentParser(description="A small model server to develop against.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=os.environ.get("PORT", "8001"))
    parser.add_argument("--pause", type=float, default=0.05, help="seconds for each word")
    given = parser.parse_args()
    uvicorn.run(Model(given.pause).app(), host=given.host, port=given.port, log_level="warning")


if __name__ == "__main__":
    main()
