"""Who walks through a service: the administrator that its own commands make."""

import re
import secrets
from functools import cached_property
from typing import Final, Protocol

import httpx2

EMAIL: Final = "admin@example.com"
USER: Final = "user@example.com"
PASSWORD: Final = "a walk through the whole service"
LOGIN: Final = "/api/v1/auth/login"
USERS: Final = "/api/v1/users"

Headers = dict[str, str]


class Command(Protocol):
    """Runs a command of the service (``app.cli``), and gives what it prints."""

    def __call__(self, *arguments: str, stdin: str = "") -> str: ...


class Identity:
    """What a platform has to supply for a service's credentials, and one of them."""

    def __init__(self, features: frozenset[str], command: Command, email: str = EMAIL) -> None:
        self.features = features
        self.command = command
        self.email = email

    @cached_property
    def variables(self) -> dict[str, str]:
        """The variables without which the service knows nobody, or does not start."""
        if "configured_keys" in self.features:
            return {"API_KEYS": self._match(r"^API_KEYS=(.+)$")}
        return self.secret

    @cached_property
    def secret(self) -> dict[str, str]:
        """The variable that holds what tokens are signed with."""
        return {"SECRET_KEY": secrets.token_hex(32)} if "jwt" in self.features else {}

    def sign_in(self, url: str) -> Headers:
        """Give the headers that prove who asks; none where the service never wants to know."""
        if "jwt" in self.features:
            return bearer(login(url, self._admin))
        return self.key if "api_key" in self.features else {}

    def sign_in_as_user(self, url: str) -> Headers:
        """Give the headers of somebody who is no administrator: of one whom another one demoted."""
        self.command("create-admin", USER, stdin=f"{PASSWORD}\n")
        admin = self.sign_in(url)
        found = httpx2.get(url + USERS, params={"email": USER}, headers=admin, timeout=10).json()
        path = f"{url}{USERS}/{found['items'][0]['id']}"
        answer = httpx2.patch(path, json={"role": "user"}, headers=admin, timeout=10)
        assert answer.status_code == 200, f"PATCH {path} answered {answer.text}"
        return bearer(login(url, USER))

    @property
    def key(self) -> Headers:
        """Give the header of a key that may do everything."""
        return {"X-API-Key": self._match(r"\bak_\S+")}

    @cached_property
    def _admin(self) -> str:
        """Make the first administrator."""
        self.command("create-admin", self.email, stdin=f"{PASSWORD}\n")
        return self.email

    @cached_property
    def _key(self) -> str:
        """Make a key that may do everything."""
        return self.command("create-key", "walk", *self._owner(), "--all-scopes")

    def _owner(self) -> tuple[str, ...]:
        """Say whose key it is; a configured one is its own owner."""
        if "jwt" in self.features:
            return ("--email", self._admin)
        return ("--subject", "walk") if "stored_keys" in self.features else ()

    def _match(self, pattern: str) -> str:
        found = re.search(pattern, self._key, re.MULTILINE)
        assert found, f"create-key says nothing like {pattern}"
        return found[found.lastindex or 0]


def login(url: str, email: str, password: str = PASSWORD) -> str:
    """Sign in, and give the access token."""
    answer = httpx2.post(url + LOGIN, data={"username": email, "password": password}, timeout=10)
    assert answer.status_code == 200, f"POST {LOGIN} answered {answer.status_code}: {answer.text}"
    token: str = answer.json()["access_token"]
    return token


def bearer(token: str) -> Headers:
    """Give the header for an access token (RFC 6750)."""
    return {"Authorization": f"Bearer {token}"}
