"""The two services that are compared: the generated one and the bare one, in one environment."""

from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks import database
from benchmarks.processes import run, user_environment

BARE = Path(__file__).parent / "bare"
GENERATED_TARGET = "app.main:create_app()"
BARE_SERVER = ("--worker-class", "uvicorn_worker.UvicornWorker", "--workers", "1")
PRODUCTION = {
    "ENVIRONMENT": "production",
    "DRAIN_DELAY": "0",
    "DATABASE_POOL_SIZE": "10",
    "DATABASE_MAX_OVERFLOW": "0",
}
ENDPOINTS = {
    "/healthz": "/healthz",
    "item read": "/api/v1/items/500",
    "item list of 50": "/api/v1/items?page=1&size=50",
}


@dataclass(frozen=True)
class Contender:
    """Name one service and what it takes to run it."""

    name: str
    folder: Path
    target: str
    python: Path
    environment: dict[str, str]
    server: tuple[str, ...] = ()

    def variant(self, name: str, *options: str, **environment: str) -> "Contender":
        """Return the same service under another name, started a little differently."""
        return replace(
            self,
            name=name,
            environment=self.environment | environment,
            server=(*self.server, *options),
        )


@dataclass(frozen=True)
class Pair:
    """Hold the generated service and its yardstick."""

    generated: Contender
    bare: Contender


def pair(service: Path, url: str, orm: str = "sqlalchemy") -> Pair:
    """Put both services into the generated one's environment and onto one database."""
    python = service / ".venv" / "bin" / "python"
    environment = user_environment(DATABASE_URL=url, **PRODUCTION)
    target = f"{orm}_app:app"
    return Pair(
        Contender("generated", service, GENERATED_TARGET, python, environment),
        Contender("bare", BARE, target, python, environment, (*BARE_SERVER, target)),
    )


@contextmanager
def prepared(service: Path, scratch: Path) -> Generator[Pair]:
    """Yield both services on a migrated and filled database of their own."""
    with ExitStack() as stack:
        python = service / ".venv" / "bin" / "python"
        url = stack.enter_context(database.own_database(python, scratch / "postgres"))
        both = pair(service, url)
        alembic = service / ".venv" / "bin" / "alembic"
        run([alembic, "upgrade", "head"], cwd=service, environment=both.generated.environment)
        database.execute(python, url, database.SEED)
        yield both
