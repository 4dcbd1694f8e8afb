"""`make demo`: from the template to a running service, shown over HTTP.

On a terminal it serves until Ctrl-C; elsewhere it ends after the check. The exit code is 0 when
everything answered, and 1 after one sentence and the end of the log when something did not.
"""

import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from tools.client import LOGIN, Client, DemoError
from tools.server import Server, running

ROOT = Path(__file__).resolve().parents[1]
SERVICE = ROOT / "demo-service"
MARK = ".made-by-demo"
HOST = "127.0.0.1"
DEFAULT_PORT = 8000
EMAIL = "admin@example.com"
LOG_LINES = 20


def main() -> int:
    """Run the demo and return its exit code."""
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGHUP, _interrupt)
    try:
        _run()
    except DemoError as error:
        print(f"demo: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("demo: stopped", file=sys.stderr)
        return 130
    return 0


def _run() -> None:
    _say(f"Generating the default service into {SERVICE.name}/")
    generate(SERVICE)
    log = SERVICE / "demo.log"
    port = choose_port(os.environ.get("PORT"))
    environment = own_environment(SERVICE / ".env.example", port)
    _say("Setting it up: make setup")
    _command(["make", "-C", str(SERVICE), "setup"], environment, log)
    _say("Starting it: make dev")
    with running(["make", "-C", str(SERVICE), "dev"], environment, log) as server:
        client = Client(f"http://{HOST}:{port}")
        try:
            client.wait_until_ready(server.check)
            password = _make_admin(environment, log)
            _show(client, password)
            _serve(server)
        except DemoError as error:
            raise DemoError(f"{error}\n{_tail(log)}") from error


def generate(folder: Path) -> None:
    """Make the service anew; a folder that is not the demo's own stays untouched."""
    if folder.exists():
        if not (folder / MARK).is_file():
            raise DemoError(f"{folder} is not from an earlier demo: move it away, then try again")
        shutil.rmtree(folder)
    command = [sys.executable, "-m", "generator", "new", str(folder), "--defaults", "--no-git"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    if done.returncode:
        raise DemoError(f"the service cannot be generated\n{done.stderr.strip()}")
    (folder / MARK).write_text("`make demo` made this folder and replaces it every time.\n")


def own_environment(example: Path, port: int) -> dict[str, str]:
    """Return our environment without what would configure the service, a database above all.

    Without CI too: the demo plays a developer, whose first ``make setup`` writes the lock file.
    """
    configured = set(re.findall(r"^#? ?([A-Z][A-Z0-9_]*)=", example.read_text(), re.MULTILINE))
    kept = {name: value for name, value in os.environ.items() if name not in {*configured, "CI"}}
    return {**kept, "HOST": HOST, "PORT": str(port)}


def choose_port(wanted: str | None) -> int:
    """Return the port that is wanted; without a wish 8000, or a free one when it is taken."""
    if wanted is None:
        return DEFAULT_PORT if _is_free(DEFAULT_PORT) else _free_port()
    if not wanted.isascii() or not wanted.isdigit() or not 0 < int(wanted) < 2**16:
        raise DemoError(f"PORT={wanted} is no port: use a number from 1 to 65535")
    if not _is_free(int(wanted)):
        raise DemoError(f"port {wanted} is taken: choose another with PORT=, or none")
    return int(wanted)


def _make_admin(environment: dict[str, str], log: Path) -> str:
    """Make the first administrator, as its README says, and return the password."""
    password = secrets.token_urlsafe(12)
    _say(f'Making an administrator: make cli ARGS="create-admin {EMAIL}"')
    command = ["make", "-C", str(SERVICE), "cli", f"ARGS=create-admin {EMAIL}"]
    _command(command, environment, log, stdin=f"{password}\n")
    return password


def _show(client: Client, password: str) -> None:
    ready = client.get("/readyz")
    print(f"\n$ curl {client.base}/readyz\n{ready}")
    client.sign_in(EMAIL, password)
    print(f"\n$ curl {client.base}{LOGIN} -d username={EMAIL} -d password=...\nsigned in")
    name = f"Lamp {os.getpid()}"
    made = client.post("/api/v1/items", {"name": name, "price_cents": 4900})
    print(f"\n$ curl -X POST -H 'Authorization: Bearer ...' {client.base}/api/v1/items ...\n{made}")
    listed = client.get("/api/v1/items")
    print(f"\n$ curl -H 'Authorization: Bearer ...' {client.base}/api/v1/items\n{listed}")
    if name not in made or name not in listed:
        raise DemoError("the item that was created is not in the list")
    client.get("/docs")
    print(f"\nIts documentation: {client.base}/docs")
    print(f"Authorize there as {EMAIL} with the password {password}", flush=True)


def _serve(server: Server) -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return
    try:
        print("Serving until Ctrl-C.", flush=True)
        server.wait()
    except KeyboardInterrupt:
        print("\nEnding the service ...")
        return
    raise DemoError("the service ended by itself")


def _command(
    command: Sequence[str], environment: dict[str, str], log: Path, stdin: str = ""
) -> None:
    with log.open("a") as output:
        done = subprocess.run(
            command,
            env=environment,
            input=stdin.encode(),
            stdout=output,
            stderr=output,
            check=False,
        )
    if done.returncode:
        raise DemoError(f"`{' '.join(command)}` failed\n{_tail(log)}")


def _tail(log: Path) -> str:
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    return "\n".join([f"The end of {log}:", *(f"  {line}" for line in lines[-LOG_LINES:])])


def _is_free(port: int) -> bool:
    try:
        socket.create_server((HOST, port)).close()
    except OSError:
        return False
    return True


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as free:
        port: int = free.getsockname()[1]
    return port


def _say(text: str) -> None:
    print(f"==> {text}", flush=True)


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
