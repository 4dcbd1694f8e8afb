"""The service as it is by default, asked by a user, beside an app by hand with the same checks."""

import http.client
import json
import secrets
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from benchmarks.contenders import (
    BARE,
    BARE_SERVER,
    ENDPOINTS,
    GENERATED_TARGET,
    PRODUCTION,
    Contender,
    Pair,
)
from benchmarks.database import SEED, execute, own_database
from benchmarks.processes import BenchmarkError, run, user_environment
from benchmarks.servers import Server, serving
from benchmarks.workspace import generated_service

EMAIL: Final = "ada@example.com"
PASSWORD: Final = "seven lazy otters"
OWNED: Final = f"""{SEED};
UPDATE users SET role = 'user';
UPDATE items SET owner_id = (SELECT id FROM users);
ANALYZE items
"""
SETTINGS: Final = {
    "ACCESS_TOKEN_TTL": "86400",
    "JWT_AUDIENCE": "benchmark",
    "JWT_ISSUER": "benchmark",
    "LOG_LEVEL": "WARNING",
}
NEW_ITEM: Final = json.dumps({"name": "New item #", "description": "A thing.", "price_cents": 499})


@dataclass(frozen=True)
class Question:
    """Say what is asked; ``#`` in the body is another number each time."""

    path: str
    body: str | None = None


QUESTIONS: Final = {
    "item read": Question(ENDPOINTS["item read"]),
    "item list of 50": Question(ENDPOINTS["item list of 50"]),
    "item created": Question("/api/v1/items", NEW_ITEM),
}


@dataclass(frozen=True)
class SignedIn:
    """Hold both services, and what a user shows to either."""

    pair: Pair
    token: str

    @property
    def headers(self) -> dict[str, str]:
        """Give what is sent with each request."""
        return {"Authorization": f"Bearer {self.token}"}


@contextmanager
def prepared(scratch: Path, given: Path | None) -> Generator[SignedIn]:
    """Yield both on one database, in which all items are a user's who has signed in."""
    with ExitStack() as stack:
        folder = stack.enter_context(generated_service(scratch, given))
        python = folder / ".venv/bin/python"
        url = stack.enter_context(own_database(python, scratch / "postgres"))
        environment = user_environment(
            DATABASE_URL=url, SECRET_KEY=secrets.token_hex(32), **PRODUCTION, **SETTINGS
        )
        run([python.parent / "alembic", "upgrade", "head"], cwd=folder, environment=environment)
        admin = [python, "-m", "app.cli", "create-admin", EMAIL]
        run(admin, cwd=folder, environment=environment, text=f"{PASSWORD}\n")
        execute(python, url, OWNED)
        target = "jwt_app:app"
        pair = Pair(
            Contender("generated", folder, GENERATED_TARGET, python, environment),
            Contender("bare", BARE, target, python, environment, (*BARE_SERVER, target)),
        )
        with serving(pair.generated) as server:
            token = sign_in(server)
        yield SignedIn(pair, token)


def sign_in(server: Server) -> str:
    """Take an access token, which both accept."""
    form = urlencode({"username": EMAIL, "password": PASSWORD})
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("POST", "/api/v1/auth/login", form, kind)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    if response.status != HTTPStatus.OK:
        raise BenchmarkError(f"signing in answered {response.status}: {body[:300]!r}")
    return str(json.loads(body)["access_token"])
