"""app.core.outgoing.guard: nothing inside is ever connected to, however it is written."""

import asyncio
from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager
from typing import Final

import pytest
from httpcore2 import SOCKET_OPTION, AnyIOBackend, AsyncNetworkBackend, AsyncNetworkStream
from httpx2 import create_ssl_context

from app.config.outgoing import PublicWebSettings
from app.core.outgoing import upstreams
from app.core.outgoing.address import is_public
from app.core.outgoing.errors import UpstreamInvalidError, UpstreamUnavailableError, UrlRefusedError
from app.core.outgoing.guard import GuardedTransport, LookUp, look_up
from app.core.outgoing.public import PublicWeb
from tests.support.peer import OK, Peer, floods, peer, says

PUBLIC: Final = "93.184.216.34"

# all of them lead to the listener, which hears nothing of them
FORMS: Final = [
    "http://127.0.0.1:{port}/",
    "http://127.0.0.2:{port}/",
    "http://127.255.255.254:{port}/",
    "http://127.1:{port}/",
    "http://127.0.1:{port}/",
    "http://2130706433:{port}/",
    "http://0x7f000001:{port}/",
    "http://0x7f.0x0.0x0.0x1:{port}/",
    "http://0X7F.1:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://0177.0.0.01:{port}/",
    "http://017700000001:{port}/",
    "http://0x7f.0.1:{port}/",
    "http://0:{port}/",
    "http://0.0.0.0:{port}/",
    "http://0x0:{port}/",
    "http://00.00.00.00:{port}/",
    "http://localhost:{port}/",
    "http://LOCALHOST:{port}/",
    "http://localhost.:{port}/",
    "http://localhost.localdomain:{port}/",
    "http://a.localhost:{port}/",
    "http://ip6-localhost:{port}/",
    "http://[::1]:{port}/",
    "http://[0:0:0:0:0:0:0:1]:{port}/",
    "http://[0000:0000:0000:0000:0000:0000:0000:0001]:{port}/",
    "http://[::]:{port}/",
    "http://[::127.0.0.1]:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://[0:0:0:0:0:ffff:127.0.0.1]:{port}/",
    "http://[::ffff:0:0]:{port}/",
    "http://[64:ff9b::127.0.0.1]:{port}/",
    "http://[64:ff9b::7f00:1]:{port}/",
    "http://[2002:7f00:1::]:{port}/",
    "http://[2001:0:7f00:1::]:{port}/",
    "http://[fe80::1]:{port}/",
    "http://[fe80::1%25lo]:{port}/",
    "http://\uff11\uff12\uff17.\uff10.\uff10.\uff11:{port}/",
    "http://127。0。0。1:{port}/",
    "http://①②⑦.⓪.⓪.①:{port}/",
    "http://ⓛocalhost:{port}/",
    "http://127.0.0.1:{port}@127.0.0.1:{port}/",
    "http://example.com@127.0.0.1:{port}/",
    "http://example.com:80@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}#@example.com/",
    "http://127.0.0.1:{port}?@example.com/",
    "http://127.0.0.1:{port}\\@example.com/",
    "http://%31%32%37.0.0.1:{port}/",
    "http:127.0.0.1:{port}/",
    "https://127.0.0.1:{port}/",
    "HTTP://127.0.0.1:{port}/",
    " http://127.0.0.1:{port}/",
    "http://127.0.0.1 :{port}/",
    "http://\t127.0.0.1:{port}/",
    "ftp://127.0.0.1:{port}/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:{port}/_",
    "//127.0.0.1:{port}/",
    "127.0.0.1:{port}",
]

INSIDE: Final = [
    "10.0.0.1",
    "172.16.0.1",
    "192.168.0.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.100.100.200",
    "192.0.0.192",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "fc00::1",
    "fd00:ec2::254",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
    "3fff::1",
    "::ffff:8.8.8.8",
    "64:ff9b::8.8.8.8",
    "64:ff9b:1::a00:1",
    "2002:808:808::1",
]


class Detour(AsyncNetworkBackend):
    """Notes the addresses that are connected to, and reaches a peer instead of each."""

    def __init__(self, port: int = 0) -> None:
        self.port = port
        self.reached: list[str] = []

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - so the interface has it
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> AsyncNetworkStream:
        """Connect to the peer."""
        self.reached.append(host)
        return await AnyIOBackend().connect_tcp("127.0.0.1", self.port, timeout)


@asynccontextmanager
async def public_web(
    backend: AsyncNetworkBackend | None = None, find: LookUp = look_up
) -> AsyncGenerator[PublicWeb]:
    """A client as the service has it, but for where it gets."""
    settings = PublicWebSettings(max_body_size=65_536)
    transport = GuardedTransport(create_ssl_context(), upstreams.pool(settings), backend, find)
    async with upstreams.open_client(settings, transport) as client:
        yield PublicWeb(settings, client)


def finds(*answers: str) -> LookUp:
    """Look names up in vain: each time there is another answer, and the last one stays."""
    left = list(answers)

    async def find(_: str, _port: int) -> list[str]:
        return (left.pop(0) if len(left) > 1 else left[0]).split()

    return find


@pytest.fixture
async def listener() -> AsyncGenerator[Peer]:
    """Somebody inside."""
    async with peer(OK) as made:
        yield made


class TestForms:
    async def test_none_is_connected_to(self, listener: Peer) -> None:
        refused = (UrlRefusedError, UpstreamUnavailableError)
        async with public_web() as web:
            for form in FORMS:
                with pytest.raises(refused):
                    await web.send("GET", form.format(port=listener.port))

        assert len(FORMS) >= 40
        assert listener.connections == 0

    async def test_the_listener_can_be_reached(self, listener: Peer) -> None:
        """By whoever is not guarded, so that the count above says something."""
        async with public_web(Detour(listener.port), finds(PUBLIC)) as web:
            assert (await web.send("GET", "http://example.com/")).text == "ok"

        assert listener.connections == 1

    @pytest.mark.parametrize("address", INSIDE)
    async def test_inside(self, address: str) -> None:
        detour = Detour()
        async with public_web(detour, finds(address)) as web:
            with pytest.raises(UrlRefusedError):
                await web.send("GET", "http://example.com/")

        assert detour.reached == []

    @pytest.mark.parametrize("address", ["8.8.8.8", PUBLIC, "2606:2800:220:1::1", "2a00:1450::1"])
    def test_public(self, address: str) -> None:
        assert is_public(address)


class TestNames:
    async def test_connects_to_what_was_checked(self, listener: Peer) -> None:
        """A name that changes after the look changes nothing: there is one look."""
        detour = Detour(listener.port)
        async with public_web(detour, finds(PUBLIC, "127.0.0.1")) as web:
            await web.send("GET", "http://example.com/")

        assert detour.reached == [PUBLIC]
        assert listener.header("host") == ["example.com"]

    async def test_changes_between_connections(self, listener: Peer) -> None:
        closing = says("HTTP/1.1 200 OK\nContent-Length: 2\nConnection: close\n\nok")
        listener.manner = closing
        detour = Detour(listener.port)
        async with public_web(detour, finds(PUBLIC, "127.0.0.1")) as web:
            await web.send("GET", "http://example.com/")
            with pytest.raises(UrlRefusedError):
                await web.send("GET", "http://example.com/")

        assert detour.reached == [PUBLIC]

    async def test_one_of_several_is_inside(self) -> None:
        detour = Detour()
        async with public_web(detour, finds(f"{PUBLIC} 10.0.0.1")) as web:
            with pytest.raises(UrlRefusedError):
                await web.send("GET", "http://example.com/")

        assert detour.reached == []

    async def test_no_address(self) -> None:
        async with public_web() as web:
            with pytest.raises(UpstreamUnavailableError):
                await web.send("GET", f"http://{'a' * 80}.example/")


class TestRedirects:
    @pytest.mark.parametrize("form", FORMS[:5])
    async def test_inside(self, listener: Peer, form: str) -> None:
        to = form.format(port=listener.port)
        moved = says(f"HTTP/1.1 302 Found\nLocation: {to}\nContent-Length: 0\n\n")
        async with peer(moved) as outside:
            async with public_web(Detour(outside.port), by_number) as web:
                with pytest.raises(UrlRefusedError):
                    await web.send("GET", "http://example.com/")
            assert outside.connections == 1

        assert listener.connections == 0

    async def test_another_protocol(self) -> None:
        moved = says("HTTP/1.1 302 Found\nLocation: file:///etc/passwd\nContent-Length: 0\n\n")
        async with peer(moved) as outside, public_web(Detour(outside.port), by_number) as web:
            with pytest.raises(UrlRefusedError):
                await web.send("GET", "http://example.com/")

    async def test_in_a_circle(self) -> None:
        moved = says("HTTP/1.1 302 Found\nLocation: /\nContent-Length: 0\n\n")
        async with peer(moved) as outside, public_web(Detour(outside.port), by_number) as web:
            with pytest.raises(UpstreamInvalidError):
                await web.send("GET", "http://example.com/")

        assert len(outside.heads) == 6

    async def test_outside(self, listener: Peer) -> None:
        moved = says("HTTP/1.1 302 Found\nLocation: /there\nContent-Length: 0\n\n")
        ok = OK

        async def manner(peer: Peer, writer: asyncio.StreamWriter) -> None:
            await (ok if "/there" in peer.heads[-1] else moved)(peer, writer)

        listener.manner = manner
        async with public_web(Detour(listener.port), by_number) as web:
            assert (await web.send("GET", "http://example.com/")).text == "ok"


class TestBounds:
    async def test_size(self) -> None:
        async with peer(floods) as outside, public_web(Detour(outside.port), by_number) as web:
            with pytest.raises(UpstreamInvalidError):
                await web.send("GET", "http://example.com/")

    async def test_proxy_variables(self, listener: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, listener.url)
        async with public_web(Detour(listener.port), finds("10.0.0.1")) as web:
            with pytest.raises(UrlRefusedError):
                await web.send("GET", "http://example.com/")

        assert listener.connections == 0

    async def test_cookies_are_nobodys(self, listener: Peer) -> None:
        listener.manner = says("HTTP/1.1 200 OK\nSet-Cookie: who=ann\nContent-Length: 2\n\nok")
        async with public_web(Detour(listener.port), by_number) as web:
            for _ in range(2):
                await web.send("GET", "http://example.com/")

        assert (len(listener.heads), listener.header("cookie")) == (2, [])


async def by_number(host: str, port: int) -> list[str]:
    """Know one name that is public, and all numbers."""
    return [PUBLIC] if host == "example.com" else await look_up(host, port)
