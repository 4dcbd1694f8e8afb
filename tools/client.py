"""The demo's view of a service: HTTP, with sentences instead of exceptions."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from http.client import HTTPException
from urllib.parse import urlencode

LOGIN = "/api/v1/auth/login"
SECONDS_TO_START = 120
SECONDS_TO_ANSWER = 10
SECONDS_BETWEEN = 0.2


class DemoError(Exception):
    """Say in one sentence what did not work."""


class Client:
    """Talk to one service."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.token = ""

    def wait_until_ready(self, check: Callable[[], None]) -> None:
        """Wait until /readyz answers 200; `check` raises when waiting is in vain."""
        end = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < end:
            check()
            try:
                self.get("/readyz")
            except DemoError:
                time.sleep(SECONDS_BETWEEN)
            else:
                return
        raise DemoError(f"/readyz did not answer 200 within {SECONDS_TO_START} seconds")

    def sign_in(self, email: str, password: str) -> None:
        """Send an access token from now on (OAuth2's password flow)."""
        form = urlencode({"username": email, "password": password}).encode()
        request = urllib.request.Request(f"{self.base}{LOGIN}", data=form)  # noqa: S310 -- always http
        self.token = json.loads(self._send(request))["access_token"]

    def get(self, path: str) -> str:
        """Return the body at a path."""
        return self._send(urllib.request.Request(self.base + path))  # noqa: S310 -- always http

    def post(self, path: str, document: Mapping[str, str | int]) -> str:
        """Send a JSON document and return the body of the answer."""
        request = urllib.request.Request(  # noqa: S310 -- always http
            self.base + path,
            data=json.dumps(document).encode(),
            headers={"Content-Type": "application/json"},
        )
        return self._send(request)

    def _send(self, request: urllib.request.Request) -> str:
        # A proxy of the environment has no business between us and this machine.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        what = f"{request.get_method()} {request.selector}"
        if self.token:
            request.add_header("Authorization", f"Bearer {self.token}")
        try:
            with opener.open(request, timeout=SECONDS_TO_ANSWER) as answer:
                body: bytes = answer.read()
        except urllib.error.HTTPError as error:
            with error:
                raise DemoError(f"{what} answered {error.code}") from error
        except (OSError, HTTPException) as error:
            raise DemoError(f"{what} did not answer ({error})") from error
        return body.decode(errors="replace")
