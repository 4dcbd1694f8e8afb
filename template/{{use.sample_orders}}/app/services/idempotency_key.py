"""Requests that may come again (draft-ietf-httpapi-idempotency-key-header)."""

import hashlib
from collections.abc import Awaitable, Callable
from typing import TypeVar

from pydantic import BaseModel

from app.core.unprocessable import UnprocessableError
from app.repositories.idempotency_key import IdempotencyKeyRepository

Answer = TypeVar("Answer", bound=BaseModel)


class Once:
    """Does something once for a key; whoever repeats the request is given the same answer.

    Of two requests at the same time, one waits for the end of the other's transaction. What fails
    leaves no trace of its key. ``scope`` says within what the key is unique.
    """

    def __init__(
        self, keys: IdempotencyKeyRepository, scope: tuple[str, ...], key: str | None
    ) -> None:
        self.keys = keys
        self.digest = None if key is None else digest("\0".join((*scope, key)))

    async def run(
        self, kind: type[Answer], request: BaseModel, action: Callable[[], Awaitable[Answer]]
    ) -> Answer:
        """Give the action's answer, or the earlier one; raise UnprocessableError for misuse."""
        if self.digest is None:
            return await action()
        request_digest = digest(request.model_dump_json())
        if not await self.keys.reserve(self.digest, request_digest):
            return kind.model_validate_json(await self.earlier(self.digest, request_digest))
        answer = await action()
        await self.keys.keep(self.digest, answer.model_dump_json())
        return answer

    async def earlier(self, key_digest: str, request_digest: str) -> str:
        """Find the answer that was given to the same request."""
        answer = await self.keys.find(key_digest, request_digest)
        if answer is None:
            raise UnprocessableError(
                "The Idempotency-Key was sent with another request.", code="idempotency_key_reused"
            )
        return answer


def digest(text: str) -> str:
    """Shorten a text of any length to 64 characters that no other one has."""
    return hashlib.sha256(text.encode()).hexdigest()
