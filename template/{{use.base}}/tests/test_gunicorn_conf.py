"""gunicorn.conf.py: the service as a process, from its start to its end."""

import json
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

import httpx2
import pytest

from app.config.settings import Settings
from tests.support.server import SECONDS_TO_END, listen, port_of, start_server

pytestmark = pytest.mark.slow


@contextmanager
def server(folder: Path, **variables: str) -> "Generator[subprocess.Popen[str]]":
    """Run the server; it does not outlive the test, and does not hang it."""
    with start_server(folder, **variables) as process:
        guard = Timer(SECONDS_TO_END, process.kill)
        guard.start()
        try:
            yield process
        finally:
            guard.cancel()
            process.kill()


def free_port() -> str:
    """Find a port that nobody listens on."""
    with listen() as taken:
        return port_of(taken)


def await_worker(process: "subprocess.Popen[str]") -> None:
    """Read the log until a worker has started."""
    assert process.stdout is not None
    while json.loads(next(process.stdout))["event"] != "Application startup complete.":
        pass


class TestStart:
    def test_busy_port(self, settings: Settings, tmp_path: Path) -> None:
        with listen() as taken, server(tmp_path, PORT=port_of(taken)) as process:
            _, errors = process.communicate()

            assert errors == f"Port {port_of(taken)} is in use: set PORT to another one.\n"
            assert process.returncode == 1

    def test_wrong_setting(self, settings: Settings, tmp_path: Path) -> None:
        with server(tmp_path, LOG_LEVEL="hunter2") as process:
            output, errors = process.communicate()

        assert output == ""
        assert errors.startswith("Wrong setting LOG_LEVEL: ")
        assert errors.count("\n") == 1
        assert "hunter2" not in errors
        assert process.returncode == 1

    @pytest.mark.parametrize("number", ["many", "-1", "99999"])
    def test_wrong_number_of_workers(self, settings: Settings, tmp_path: Path, number: str) -> None:
        with server(tmp_path, WEB_CONCURRENCY=number) as process:
            output, errors = process.communicate()

        assert output == ""
        assert errors.startswith("Wrong setting WEB_CONCURRENCY: ")
        assert errors.count("\n") == 1
        assert process.returncode == 1


class TestWorkers:
    def test_replaced_after_so_many_requests(self, settings: Settings, tmp_path: Path) -> None:
        port = free_port()

        with server(tmp_path, PORT=port, MAX_REQUESTS="1") as process:
            for _ in range(2):
                await_worker(process)
                assert httpx2.get(f"http://127.0.0.1:{port}/healthz").status_code == 200


class TestEnd:
    def test_workers_may_drain_and_then_finish(self, settings: Settings, tmp_path: Path) -> None:
        with server(tmp_path, PORT=free_port(), DRAIN_DELAY="2", GRACEFUL_TIMEOUT="1") as process:
            await_worker(process)
            process.terminate()
            output, _ = process.communicate()

        assert process.returncode == 0
        assert "stopped" in [json.loads(line)["event"] for line in output.splitlines()]

    def test_workers_do_not_outlive_it(self, settings: Settings, tmp_path: Path) -> None:
        """Whoever kills it, such as the kernel when memory is short, leaves nobody at its port."""
        with server(tmp_path, PORT=free_port(), DRAIN_DELAY="0", WORKER_TIMEOUT="2") as process:
            await_worker(process)
            process.kill()
            output, _ = process.communicate(timeout=SECONDS_TO_END)

        events = [json.loads(line)["event"] for line in output.splitlines()]
        assert events[0] == "gunicorn was killed"
        assert "stopped" in events

    def test_sigterm(self, settings: Settings, tmp_path: Path) -> None:
        port = free_port()

        with server(tmp_path, PORT=port) as process:
            assert process.stdout is not None
            lines = [json.loads(next(process.stdout))]
            while lines[-1]["event"] != "Application startup complete.":
                lines.append(json.loads(next(process.stdout)))
            response = httpx2.get(f"http://127.0.0.1:{port}/healthz")
            process.terminate()
            output, errors = process.communicate()

        assert response.status_code == 200
        assert "Server" not in response.headers
        assert process.returncode == 0
        assert errors == ""
        lines += [json.loads(line) for line in output.splitlines()]
        assert {each["level"] for each in lines} == {"info"}
        assert "stopped" in [each["event"] for each in lines]
