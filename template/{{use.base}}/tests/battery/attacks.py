"""What somebody may do to a service who has no credential, only connections."""

import asyncio
from dataclasses import dataclass
from typing import Final

from tests.support.victim import Victim

CONNECTIONS: Final = 100
MOST: Final = 64 * 2**20
"""Bytes that one connection sends, if it is let."""

GET: Final = b"GET /healthz HTTP/1.1\r\nHost: test\r\n"
CHUNKED: Final = b"Transfer-Encoding: chunked\r\n\r\n"
LARGE: Final = 1_000_000
"""A little less than the default of ``MAX_BODY_SIZE``."""


@dataclass(frozen=True)
class Attack:
    """What each of so many connections writes, in the end over and over, until it is hung up on.

    ``{path}`` is where the service takes a JSON body.
    """

    start: bytes
    again: bytes = b""
    pause: float = 0.05
    connections: int = CONNECTIONS
    listens: bool = True

    async def strike(self, victim: Victim, path: str) -> None:
        """Attack with all connections at once, until the last one is hung up on."""
        start = self.start.replace(b"{path}", path.encode())
        await asyncio.gather(*(self.connect(victim, start) for _ in range(self.connections)))

    async def connect(self, victim: Victim, start: bytes) -> None:
        """Write on one connection."""
        reader, writer = await asyncio.open_connection(victim.host, victim.port)
        listening = asyncio.create_task(drain(reader)) if self.listens else None
        try:
            writer.write(start)
            await self.go_on(writer)
            if listening is not None:
                await listening
        except ConnectionError:
            pass
        finally:
            writer.transport.abort()

    async def go_on(self, writer: asyncio.StreamWriter) -> None:
        """Write the same again, as long as anybody listens."""
        sent = 0
        while self.again and sent < MOST and not writer.transport.is_closing():
            await writer.drain()
            writer.write(self.again)
            sent += len(self.again)
            await asyncio.sleep(self.pause)


async def drain(reader: asyncio.StreamReader) -> None:
    """Read until the end, which may be a rude one."""
    try:
        while await reader.read(2**16):
            pass
    except ConnectionError:
        pass


def post(*fields: bytes, body: bytes = b"") -> bytes:
    """Write a request with a body."""
    head = (b"POST {path} HTTP/1.1", b"Host: test", b"Content-Type: application/json")
    return b"\r\n".join((*head, *fields, b"", body))


def whole(body: bytes) -> bytes:
    """Write a request whose body is as long as it says."""
    return post(b"Content-Length: %d" % len(body), body=body)


FLOOD: Final = b"a" * 2**16
UNKNOWN: Final = b",".join(b'"%x": 1' % number for number in range(80_000))
ENDLESS: Final = post(b"Content-Length: %d" % 2**40)

ATTACKS: Final = {
    "silence": Attack(b""),
    "slow heads": Attack(GET, b"X-Slow: a\r\n"),
    "slow bodies": Attack(post(b"Content-Length: %d" % LARGE), b" "),
    "slow chunks": Attack(post()[:-2] + CHUNKED, b"1\r\n \r\n"),
    "endless heads": Attack(GET + b"X-Long: ", FLOOD, 0, 20),
    "endless lines": Attack(b"GET /", FLOOD, 0, 20),
    "endless bodies": Attack(ENDLESS, FLOOD, 0, 20),
    "endless extensions": Attack(post()[:-2] + CHUNKED + b"1;", FLOOD, 0, 20),
    "endless trailers": Attack(post()[:-2] + CHUNKED + b"0\r\nX-Long: ", FLOOD, 0, 20),
    "many headers": Attack(GET, b"X-Many: a\r\n" * 1000, 0, 20),
    "deep bodies": Attack(whole(b"[" * LARGE), connections=5),
    "wide bodies": Attack(whole(b"[" + b"1," * 90_000 + b"1]"), connections=5),
    "unknown fields": Attack(whole(b"{" + UNKNOWN + b"}"), connections=5),
    "long numbers": Attack(whole(b'{"a": ' + b"9" * LARGE + b"}"), connections=5),
    "long texts": Attack(whole(b'{"a": "' + b"\\u00e9" * (LARGE // 6) + b'"}'), connections=5),
    "lengths too long": Attack(post(b"Content-Length: 100", body=b"{}")),
    "lengths too short": Attack(post(b"Content-Length: 1", body=b"{}" * 1000)),
    "lengths that differ": Attack(post(b"Content-Length: 2", b"Content-Length: 3", body=b"{}")),
    "duplicated headers": Attack(GET + b"Authorization: Basic YTph\r\n" * 90 + b"\r\n"),
    "pipelines": Attack((GET + b"\r\n") * 90, connections=20),
    "endless pipelines": Attack(b"", (GET + b"\r\n") * 1000, 0, 20),
    "answers that nobody takes": Attack(b"", (GET + b"\r\n") * 50, listens=False, connections=20),
}


def strike(name: str, victim: Victim, path: str) -> None:
    """Attack, from a process of its own."""
    asyncio.run(ATTACKS[name].strike(victim, path))
