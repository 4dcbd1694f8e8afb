"""A preset from an address: over HTTPS, in time, in size, and from nowhere else."""

import os
import shutil
import ssl
import subprocess
import threading
import time
from collections.abc import Generator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

import pytest

from generator.errors import PresetError
from generator.presets.fetching import fetch
from generator.presets.places import find
from tests.generator.presets.support import ACME
from tests.harness.services import REQUIRED

LIMIT: Final = 1.0


class Handler(BaseHTTPRequestHandler):
    """Answers that a well-meaning server would not give, and one that it would."""

    over: threading.Event

    def do_GET(self) -> None:
        {
            "/acme.yml": self._preset,
            "/moved": lambda: self._moved("/acme.yml"),
            "/downgrade": lambda: self._moved("http://127.0.0.1:9/acme.yml"),
            "/file": lambda: self._moved("file:///etc/passwd"),
            "/endless": self._endless,
            "/slow": self._slow,
        }.get(self.path, lambda: self.send_error(404))()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass

    def _preset(self) -> None:
        self._head()
        self.wfile.write(ACME.encode())

    def _moved(self, place: str) -> None:
        self.send_response(302)
        self.send_header("Location", place)
        self.end_headers()

    def _endless(self) -> None:
        self._head()
        self._drip(b"#" * 65536, 0)

    def _slow(self) -> None:
        self._head()
        self._drip(b"#", 0.05)

    def _head(self) -> None:
        self.send_response(200)
        self.end_headers()

    def _drip(self, piece: bytes, pause: float) -> None:
        try:
            while not self.over.wait(pause):
                self.wfile.write(piece)
        except OSError:
            self.close_connection = True  # the reader has had enough


class Server(ThreadingHTTPServer):
    """Says nothing about readers that go away."""

    def handle_error(self, request: object, client_address: object) -> None:
        del request, client_address


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for this machine, signed by itself."""
    if not shutil.which("openssl") and os.environ.get(REQUIRED) != "1":
        pytest.skip("openssl is not installed: nothing else here makes a certificate")
    folder = tmp_path_factory.mktemp("tls")
    subject = ("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost")
    key = ("-newkey", "rsa:2048", "-nodes", "-keyout", folder / "key.pem")
    subprocess.run(
        ["openssl", "req", "-x509", "-days", "2", *subject, *key, "-out", folder / "cert.pem"],
        check=True,
        capture_output=True,
    )
    return folder


@pytest.fixture
def server(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[str]:
    """An HTTPS server whose certificate is trusted; give its address."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "cert.pem"))
    monkeypatch.setenv("no_proxy", "localhost")
    Handler.over = threading.Event()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    with Server(("127.0.0.1", 0), Handler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, args=(0.01,)).start()
        yield f"https://localhost:{server.server_port}"
        Handler.over.set()
        server.shutdown()


@pytest.mark.parametrize("path", ["/acme.yml", "/moved"])
def test_fetched(server: str, path: str) -> None:
    assert find(f"{server}{path}").text == ACME


@pytest.mark.parametrize("path", ["/downgrade", "/file"])
def test_redirect_away_from_https(server: str, path: str) -> None:
    with pytest.raises(PresetError, match=r"(?i)over https:// only|redirection .* is not allowed"):
        fetch(f"{server}{path}")


def test_untrusted_certificate(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")

    with pytest.raises(PresetError, match=r"cannot be fetched: .*certificate verify failed"):
        fetch(f"{server}/acme.yml")


def test_size(server: str) -> None:
    with pytest.raises(PresetError, match="has more than 64 KiB"):
        find(f"{server}/endless")


def test_time(server: str) -> None:
    """A byte now and then resets a socket's clock, but not this one."""
    started = time.monotonic()

    with pytest.raises(PresetError, match="takes longer than 1 s"):
        fetch(f"{server}/slow", LIMIT)

    assert time.monotonic() - started < LIMIT + 1


def test_not_found(server: str) -> None:
    with pytest.raises(PresetError, match="cannot be fetched: HTTP Error 404: Not Found"):
        fetch(f"{server}/none")


@pytest.mark.parametrize(
    "address",
    [
        "http://localhost/a.yml",
        "file:///etc/passwd",
        "ftp://localhost/a.yml",
        "https://",
        "data://x",
    ],
)
def test_other_schemes(address: str) -> None:
    with pytest.raises(PresetError, match="a preset comes over https:// only"):
        find(address)
