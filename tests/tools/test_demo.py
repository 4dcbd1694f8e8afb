"""`make demo`, on a service that is a stub and behaves as it is told."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.generator.support import environment, write_tree
from tests.generator.terminals import Terminal
from tests.harness.servers import free_port
from tools import client, demo, server
from tools.client import DemoError

MAKEFILE = """\
setup:
\t@echo setting up; {setup}
dev:
\texec {python} stub.py {mood}
cli:
\t@cat > password
"""

STUB = """\
import json, os, signal, sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

MOOD = sys.argv[1:]
ITEMS = []
if "dead" in MOOD:
    sys.exit("cannot start today")
if "stubborn" in MOOD:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        ready = "unready" not in MOOD
        listed = [] if "forgetful" in MOOD else ITEMS
        body = {"/readyz": {"status": "ok"}, "/docs": "docs"}.get(self.path, {"items": listed})
        self.answer(503 if self.path == "/readyz" and not ready else 200, body)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path == "/api/v1/auth/login":
            return self.login(parse_qs(body)["password"][0])
        if self.headers["Authorization"] != "Bearer t0ken":
            return self.answer(401, {})
        ITEMS.append(json.loads(body))
        self.answer(500 if "broken" in MOOD else 201, ITEMS[-1])

    def login(self, password):
        known = "unknown" not in MOOD and password == open("password").read().strip()
        self.answer(200 if known else 401, {"access_token": "t0ken"})

    def answer(self, code, body):
        self.send_response(code)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *_):
        print("one line of the log", flush=True)

with open("pid", "w") as file:
    file.write(str(os.getpid()))
HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
"""

ELSEWHERE = """
import pathlib, sys
from tests.harness.servers import free_port
from tools import demo
demo.SERVICE = pathlib.Path(sys.argv[1])
demo.DEFAULT_PORT = free_port()
if sys.argv[2:] == ["stub"]:
    demo.generate = lambda folder: None
sys.exit(demo.main())
"""


def stub(folder: Path, *mood: str, setup: str = "true") -> Path:
    makefile = MAKEFILE.format(setup=setup, python=sys.executable, mood=" ".join(mood))
    return write_tree(
        folder, {"Makefile": makefile, "stub.py": STUB, ".env.example": "DATABASE_URL=\nPORT=\n"}
    )


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The place of the demo's service; nothing is generated there."""

    def generate(_folder: Path) -> None:
        pass

    folder = tmp_path / "demo-service"
    monkeypatch.setattr(demo, "SERVICE", folder)
    monkeypatch.setattr(demo, "generate", generate)
    monkeypatch.setattr(demo, "DEFAULT_PORT", free_port())
    monkeypatch.setattr(client, "SECONDS_BETWEEN", 0.01)
    monkeypatch.delenv("PORT", raising=False)
    return folder


@pytest.fixture(autouse=True)
def _handlers() -> Generator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def elsewhere(service: Path, *words: str) -> list[str]:
    """Return the command line of a demo in another folder than the user's."""
    return [sys.executable, "-c", ELSEWHERE, str(service), *words]


def is_running(service: Path) -> bool:
    pid = int((service / "pid").read_text())
    return Path(f"/proc/{pid}/cmdline").exists() and bool(Path(f"/proc/{pid}/cmdline").read_bytes())


class TestWithoutATerminal:
    def test_everything_is_shown(self, service: Path, capfd: pytest.CaptureFixture[str]) -> None:
        stub(service)

        assert demo.main() == 0

        out = capfd.readouterr().out
        assert '{"status": "ok"}' in out
        assert out.count('"price_cents": 4900') == 2
        assert "/docs\n" in out
        assert not is_running(service)

    @pytest.mark.parametrize(
        ("mood", "sentence"),
        [
            ("dead", "dev` ended with exit code 2"),
            ("broken", "POST /api/v1/items answered 500"),
            ("unknown", "POST /api/v1/auth/login answered 401"),
            ("forgetful", "the item that was created is not in the list"),
        ],
    )
    def test_failure(
        self, service: Path, capfd: pytest.CaptureFixture[str], mood: str, sentence: str
    ) -> None:
        stub(service, mood)

        assert demo.main() == 1

        first, *rest = capfd.readouterr().err.splitlines()
        assert first.startswith("demo: ")
        assert sentence in first
        assert rest[0] == f"The end of {service}/demo.log:"
        assert any("log" in line or "cannot start today" in line for line in rest[1:])

    def test_never_ready(
        self, service: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        stub(service, "unready")
        monkeypatch.setattr(client, "SECONDS_TO_START", 1)

        assert demo.main() == 1

        assert "/readyz did not answer 200 within 1 seconds" in capfd.readouterr().err

    def test_setup_that_fails(self, service: Path, capfd: pytest.CaptureFixture[str]) -> None:
        stub(service, setup="echo no network >&2; false")

        assert demo.main() == 1

        errors = capfd.readouterr().err
        assert "setup` failed" in errors
        assert "  no network" in errors

    def test_service_that_does_not_want_to_end(
        self, service: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        stub(service, "stubborn")
        monkeypatch.setattr(server, "SECONDS_TO_END", 0.2)

        assert demo.main() == 0
        assert not is_running(service)


class TestOnATerminal:
    def test_until_ctrl_c(self, service: Path) -> None:
        stub(service)
        terminal = Terminal(elsewhere(service, "stub"), demo.ROOT)
        try:
            terminal.expect("Serving until Ctrl-C.")
            assert is_running(service)
            terminal.process.send_signal(signal.SIGINT)
            code, text = terminal.finish()
        finally:
            terminal.close()

        assert code == 0, text
        assert not is_running(service)

    def test_service_that_ends(self, service: Path) -> None:
        stub(service)
        terminal = Terminal(elsewhere(service, "stub"), demo.ROOT)
        try:
            terminal.expect("Serving until Ctrl-C.")
            os.kill(int((service / "pid").read_text()), signal.SIGKILL)
            code, text = terminal.finish()
        finally:
            terminal.close()

        assert code == 1
        assert "demo: the service ended by itself" in text


class TestPort:
    def test_free_one_when_the_usual_one_is_taken(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            monkeypatch.setattr(demo, "DEFAULT_PORT", taken.getsockname()[1])

            assert demo.choose_port(None) != taken.getsockname()[1]

    def test_wanted(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]

        assert demo.choose_port(str(port)) == port

    def test_wanted_and_taken(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]

            with pytest.raises(DemoError, match=f"port {port} is taken"):
                demo.choose_port(str(port))

    @pytest.mark.parametrize("wanted", ["", "x", "0", "70000", "-1", "²"])
    def test_no_port(self, wanted: str) -> None:
        with pytest.raises(DemoError, match="is no port"):
            demo.choose_port(wanted)


class TestEnvironment:
    def test_nothing_configures_the_service(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write_tree(tmp_path, {".env.example": "# Which?\nDATABASE_URL=\n# LOG_LEVEL=INFO\n"})
        monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere")
        monkeypatch.setenv("LOG_LEVEL", "DEBUG")
        monkeypatch.setenv("CI", "true")
        monkeypatch.setenv("KEPT", "yes")

        made = demo.own_environment(tmp_path / ".env.example", 8123)

        assert made["PORT"] == "8123"
        assert made["KEPT"] == "yes"
        assert {"DATABASE_URL", "LOG_LEVEL", "CI"}.isdisjoint(made)


class TestGenerate:
    def test_foreign_folder_stays(self, tmp_path: Path) -> None:
        write_tree(tmp_path / "mine", {"precious.txt": "yes"})

        with pytest.raises(DemoError, match="is not from an earlier demo"):
            demo.generate(tmp_path / "mine")

        assert (tmp_path / "mine" / "precious.txt").exists()

    @pytest.mark.slow
    def test_own_folder_is_replaced(self, tmp_path: Path) -> None:
        demo.generate(tmp_path / "made")
        write_tree(tmp_path / "made", {"old.txt": ""})

        demo.generate(tmp_path / "made")

        assert not (tmp_path / "made" / "old.txt").exists()
        assert (tmp_path / "made" / "Makefile").exists()


@pytest.mark.slow
class TestReal:
    def test_default_service(self, tmp_path: Path) -> None:
        """The true service, on its embedded PostgreSQL."""
        done = subprocess.run(
            elsewhere(tmp_path / "service"),
            cwd=demo.ROOT,
            env=environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

        assert done.returncode == 0, done.stderr
        assert '"migrations":{"status":"ok"}' in done.stdout
        assert done.stdout.count('"price_cents":4900') == 2
