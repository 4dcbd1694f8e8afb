"""One attempt: a request, and an answer of which no more is read than can be held."""

import re
from collections.abc import Generator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Final

from httpx2 import (
    AsyncClient,
    ConnectError,
    ConnectTimeout,
    NetworkError,
    PoolTimeout,
    RemoteProtocolError,
    Request,
    Response,
    TimeoutException,
)

from app.core.outgoing.errors import (
    FailedAttempt,
    UpstreamInvalidError,
    UpstreamTimeoutError,
    UpstreamUnavailableError,
)

UNSENT: Final = (ConnectError, ConnectTimeout, PoolTimeout)
SECONDS: Final = re.compile(r"[0-9]{1,6}")
PLAIN: Final = frozenset({"", "identity"})


async def fetch(client: AsyncClient, request: Request, most: int) -> Response:
    """Read an answer of up to ``most`` bytes, and follow nothing; raise FailedAttempt."""
    with failed_attempts():
        response = await client.send(request, stream=True, follow_redirects=False)
        try:
            body = await read(response, most)
        finally:
            await response.aclose()
    whole = Response(response.status_code, headers=response.headers, content=body, request=request)
    whole.next_request = response.next_request
    return whole


async def begin(client: AsyncClient, request: Request) -> Response:
    """Leave the answer to be read, unless it is a failure; raise FailedAttempt."""
    with failed_attempts():
        response = await client.send(request, stream=True, follow_redirects=False)
    try:
        refuse_compressed(response)
        return judged(response)
    except FailedAttempt:
        await response.aclose()
        raise


def refuse_compressed(response: Response) -> None:
    """Take the bytes as they are: what is compressed was not asked for, and may have no end."""
    if response.headers.get("Content-Encoding", "").strip().lower() not in PLAIN:
        raise invalid("compressed")


async def read(response: Response, most: int) -> bytes:
    """Take the bytes as they come."""
    refuse_compressed(response)
    pieces = bytearray()
    async for piece in response.aiter_raw():
        pieces += piece
        if len(pieces) > most:
            raise invalid("too large")
    return bytes(pieces)


@contextmanager
def failed_attempts() -> Generator[None]:
    """Say what an error of the client means. What is left is an error of this service."""
    try:
        yield
    except TimeoutException as error:
        told = UpstreamTimeoutError("What was asked elsewhere took too long.")
        raise FailedAttempt(
            told,
            type(error).__name__,
            is_harmless=isinstance(error, UNSENT),
            is_transient=True,
            is_theirs=not isinstance(error, PoolTimeout),
        ) from error
    except (NetworkError, RemoteProtocolError) as error:
        raise FailedAttempt(
            unavailable(),
            type(error).__name__,
            is_harmless=isinstance(error, UNSENT),
            is_transient=True,
        ) from error


def unavailable() -> UpstreamUnavailableError:
    """Tell a client no more than it can make use of."""
    return UpstreamUnavailableError("A service that is needed for this does not answer.")


def invalid(reason: str) -> FailedAttempt:
    """Refuse an answer; asked again, the other side would say the same."""
    told = UpstreamInvalidError("A service that is needed for this gave no usable answer.")
    return FailedAttempt(told, reason, is_theirs=False)


TRANSIENT: Final = frozenset(
    {
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.GATEWAY_TIMEOUT,
    }
)


def judged(response: Response) -> Response:
    """Raise FailedAttempt for an answer that is a failure of the other side, or leads elsewhere."""
    if response.has_redirect_location:
        raise invalid("redirect")
    if response.is_server_error or response.status_code in TRANSIENT:
        raise FailedAttempt(
            unavailable(),
            f"status {response.status_code}",
            is_transient=response.status_code in TRANSIENT,
            is_theirs=response.is_server_error,
            wait=wait_of(response),
        )
    return response


def wait_of(response: Response) -> float | None:
    """Read ``Retry-After`` in seconds (RFC 9110, section 10.2.3); a date is not taken."""
    given = response.headers.get("Retry-After", "")
    return float(given) if SECONDS.fullmatch(given) else None
