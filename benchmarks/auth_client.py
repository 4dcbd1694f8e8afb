"""Ask a service with users for what an attacker asks."""

import http.client
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType
from typing import Final
from urllib.parse import urlencode

from benchmarks.processes import BenchmarkError

NO_HEADERS: Final[Mapping[str, str]] = MappingProxyType({})

Ask = Callable[["Client", str], float]


@dataclass(frozen=True)
class Client:
    """Ask over one connection that is kept open."""

    connection: http.client.HTTPConnection

    def get(self, path: str) -> float:
        """Return the seconds until the whole answer is there."""
        return self.ask("GET", path, HTTPStatus.OK)

    def post(self, path: str, expected: HTTPStatus, kind: str, body: str) -> float:
        """Return the seconds until the whole answer, with the expected status, is there."""
        return self.ask("POST", path, expected, body, {"Content-Type": f"application/{kind}"})

    def ask(
        self,
        method: str,
        path: str,
        expected: HTTPStatus,
        body: str | None = None,
        headers: Mapping[str, str] = NO_HEADERS,
    ) -> float:
        """Take the time of a request."""
        start = time.perf_counter()
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        text = response.read()
        elapsed = time.perf_counter() - start
        if response.status != expected:
            raise BenchmarkError(f"{path} answered {response.status}: {text[:300]!r}")
        return elapsed


def connect(port: int) -> Client:
    """Make a client of the service."""
    return Client(http.client.HTTPConnection("127.0.0.1", port, timeout=60))


def sign_in(client: Client, email: str) -> float:
    """Try a wrong password."""
    form = urlencode({"username": email, "password": "eight lazy otters"})
    path = "/api/v1/auth/login"
    return client.post(path, HTTPStatus.UNAUTHORIZED, "x-www-form-urlencoded", form)


def reset(client: Client, email: str) -> float:
    """Ask for a new password."""
    body = json.dumps({"email": email})
    return client.post("/api/v1/auth/password-reset", HTTPStatus.ACCEPTED, "json", body)


def request_after_reset(client: Client, email: str) -> float:
    """Look whether the work that is done after the answer delays the next one."""
    reset(client, email)
    return client.get("/healthz")


QUESTIONS: dict[str, Ask] = {
    "login, wrong password": sign_in,
    "password reset": reset,
    "request after a password reset": request_after_reset,
}
