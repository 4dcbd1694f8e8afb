"""The limits of a connection before there is a request: uvicorn's own protocol has none of them."""

from asyncio import AbstractEventLoop, Transport
from http import HTTPStatus
from secrets import token_hex
from typing import Final

from uvicorn.config import Config
from uvicorn.protocols.http.flow_control import HIGH_WATER_LIMIT
from uvicorn.protocols.http.httptools_impl import STATUS_LINE
from uvicorn.server import ServerState

from app.core.http.connection import Connection
from app.core.http.host import has_one_host
from app.core.http.patience import Patience
from app.core.http.problem import problem_response

MAX_PIPELINED: Final = 100


class RefusedError(Exception):
    """Ends the parser's work on a connection that got its last answer."""


class Protocol(Connection):
    """Refuse a head that is too large or too slow, and stop reading what nobody wants.

    ``unread`` counts the bytes since the parser last finished a head or handed out a part of a
    body. Where it grows, a line, a trailer or a chunk's extension does not end.
    """

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, object],
        _loop: AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.has_requests = False
        self.unread = 0
        self.discarded = 0
        self.heading = Patience(self.loop)

    def connection_made(self, transport: Transport) -> None:
        """Wait for the first head, but not for ever."""
        super().connection_made(transport)
        self.expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self.heading.end()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse, then look at what is left of it."""
        if self.transport.is_closing():
            return
        self.unread += len(data)
        super().data_received(data)
        if self.unread > self.limits.max_header_bytes:
            self.refuse_head()
        elif self.unread:
            self.expect_head()

    def on_headers_complete(self) -> None:
        """Begin the request, if its head may be one and not too many wait already."""
        if self.is_head_too_large():
            self.refuse_head()
            raise RefusedError
        if len(self.pipeline) >= MAX_PIPELINED:
            self.transport.close()
            raise RefusedError
        if not self.has_one_host():
            self.send_400_response("A request has one Host, which is a name or an address.")
            raise RefusedError
        self.unread = 0
        self.discarded = 0
        self.heading.end()
        super().on_headers_complete()
        self.has_requests = True

    def on_body(self, body: bytes) -> None:
        """Hand it out; after the answer, take only a little more before hanging up."""
        self.unread = 0
        super().on_body(body)
        if self.cycle.response_complete:
            self.discarded += len(body)
            if self.discarded > HIGH_WATER_LIMIT:
                self.transport.close()

    def on_response_complete(self) -> None:
        """What is left of the request's body has to be over as soon as another head would."""
        super().on_response_complete()
        if self.cycle.more_body:
            self.expect_head()

    def has_one_host(self) -> bool:
        """Whether it says for whom it is."""
        assert self.parser is not None  # noqa: S101 - it is what calls
        return has_one_host(self.parser.get_http_version(), self.headers)

    def is_head_too_large(self) -> bool:
        """Measure it only where the bytes that came could hold one that is."""
        if len(self.headers) > self.limits.max_headers:
            return True
        limit = self.limits.max_header_bytes
        if self.unread <= limit:
            return False
        return len(self.url) + sum(len(name) + len(value) for name, value in self.headers) > limit

    def refuse_head(self) -> None:
        """Answer for the last time (RFC 6585, section 5)."""
        self.send_problem(
            HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
            "header_fields_too_large",
            f"A request's head may have at most {self.limits.max_header_bytes} bytes"
            f" and {self.limits.max_headers} fields.",
        )

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP, unless the connection has had its last answer."""
        self.send_problem(HTTPStatus.BAD_REQUEST, "bad_request", msg)

    def send_problem(self, status: HTTPStatus, code: str, detail: str) -> None:
        """Write an answer of our own and hang up; never into another one that is under way."""
        if self.transport.is_closing():
            return
        if not self.has_requests or self.cycle.response_complete:
            response = problem_response(
                status,
                code=code,
                detail=detail,
                request_id=token_hex(16),
                headers={"connection": "close"},
            )
            fields = b"".join(b"%b: %b\r\n" % field for field in response.raw_headers)
            self.transport.write(STATUS_LINE[status] + fields + b"\r\n" + bytes(response.body))
        self.transport.close()

    def expect_head(self) -> None:
        """Hang up when no head is complete within the time that a connection may be idle."""
        self.heading.begin(self.patience(), self.transport.abort)
