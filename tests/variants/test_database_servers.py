"""Database servers as providers have them: poolers, TLS, a failover. For each ORM."""

from collections import Counter
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import httpx2
import pytest

from tests.harness.commands import CommandError
from tests.harness.databases import execute
from tests.harness.faulty import until
from tests.harness.logs import parse
from tests.harness.options import offered
from tests.harness.private import PrivateBroker
from tests.harness.private_databases import administer, make_certificate, mariadb, pooler
from tests.harness.renders import Renders
from tests.harness.servers import Server
from tests.harness.services import POSTGRESQL
from tests.harness.stages.installing import stage_install
from tests.harness.stages.rendering import stage_generate
from tests.harness.variants import asked, variant_of
from tests.harness.walk import check_problem
from tests.harness.workbench import Workbench, workbench

pytestmark = [
    pytest.mark.slow,
    pytest.mark.proven_by_content(programs=("pgbouncer", "openssl", "mariadbd")),
]

ORMS: Final = [orm for orm in offered().values["orm"] if orm != "none"]
ITEMS: Final = "/api/v1/items"
CLIENTS: Final = 8
EACH: Final = 10
READ_ONLY: Final = "read-only: the server takes no changes, as a replica does"

PING: Final = """
import asyncio
from app.config.settings import load_settings
from app.core.database.session import open_database, ping
from app.core.logging import configure_logging

async def main(settings):
    configure_logging(settings.log)
    async with open_database(settings.database) as database:
        for _ in range(3):
            await ping(database)

asyncio.run(main(load_settings()))
"""


def installed(
    database: str, request: pytest.FixtureRequest, renders: Renders
) -> Generator[Workbench]:
    """Install a service for one ORM."""
    chosen = {"orm": request.param, "database": database, "auth": "none", "sample": "items"}
    folder = request.getfixturevalue("tmp_path_factory").mktemp(f"{database}-{request.param}")
    with workbench(variant_of(asked(chosen)), folder, renders) as bench:
        stage_generate(bench)
        stage_install(bench)
        yield bench


@pytest.fixture(scope="module", params=ORMS)
def on_postgresql(request: pytest.FixtureRequest, renders: Renders) -> Generator[Workbench]:
    """A service with PostgreSQL."""
    yield from installed("postgresql", request, renders)


@pytest.fixture(scope="module", params=ORMS)
def on_mysql(request: pytest.FixtureRequest, renders: Renders) -> Generator[Workbench]:
    """A service with MySQL."""
    yield from installed("mysql", request, renders)


@pytest.fixture(scope="module")
def between(
    on_postgresql: Workbench, tmp_path_factory: pytest.TempPathFactory
) -> Generator[PrivateBroker]:
    """A pooler before that service's database."""
    assert on_postgresql.database
    folder = tmp_path_factory.mktemp("pooler") / "files"
    with pooler(on_postgresql.database.url, folder) as server:
        yield server


@pytest.fixture(scope="module")
def replaceable(
    on_mysql: Workbench, tmp_path_factory: pytest.TempPathFactory
) -> Generator[PrivateBroker]:
    """A MariaDB that nobody else uses, with that service's tables."""
    with mariadb(tmp_path_factory.mktemp("mariadb") / "files") as server:
        on_mysql.make("migrate", DATABASE_URL=server.url)
        yield server


def serve(bench: Workbench, **variables: str) -> Server:
    """Start it as in production; whether it is ready is another matter."""
    python = bench.project / ".venv/bin/python"
    together = {"ENVIRONMENT": "production", "DRAIN_DELAY": "0", **variables}
    server = bench.start("served", python, "-m", "app", folder=bench.project, **together)
    until(lambda: is_alive(server), "it listens", by=(server,))
    return server


def is_alive(server: Server) -> bool:
    """Whether it answers at all."""
    try:
        return httpx2.get(f"{server.url}/healthz").status_code == 200
    except httpx2.TransportError:
        return False


def add(server: Server, name: str) -> int:
    """Store an item, or be told that the database is away."""
    body = {"name": name, "price_cents": 100}
    answer = httpx2.post(f"{server.url}{ITEMS}", json=body, timeout=20)
    if answer.status_code >= 400:
        check_problem(answer, f"POST {ITEMS}")
    return answer.status_code


def readiness(server: Server) -> tuple[int, str]:
    """Ask whether it is ready, and how its database is."""
    answer = httpx2.get(f"{server.url}/readyz", timeout=20)
    check = answer.json()["checks"]["database"]
    return answer.status_code, check.get("detail", check["status"])


def test_a_pooler(on_postgresql: Workbench, between: PrivateBroker) -> None:
    """Replicas migrate through it at once, then clients share fewer connections than they have."""
    variables = {"DATABASE_URL": plain(between), "DATABASE_POOLER": "transaction"}
    with ThreadPoolExecutor() as pool:
        both = [pool.submit(on_postgresql.make, "migrate", **variables) for _ in range(2)]
    for each in both:
        each.result()
    server = serve(on_postgresql, **variables)

    def use(client: int) -> Counter[int]:
        names = [f"{client} {number}" for number in range(EACH)]
        added = [add(server, name) for name in names]
        with httpx2.Client(base_url=server.url, timeout=20) as http:
            read = [http.get(ITEMS, params={"name": name}).status_code for name in names]
        return Counter([*added, *read, readiness(server)[0]])

    with ThreadPoolExecutor(CLIENTS) as pool:
        counts = sum(pool.map(use, range(CLIENTS)), Counter[int]())
    server.stop()

    assert counts == {201: CLIENTS * EACH, 200: CLIENTS * (EACH + 1)}


def test_migrations_go_round_a_pooler(on_postgresql: Workbench, between: PrivateBroker) -> None:
    """Nobody answers where requests would go."""
    assert on_postgresql.database
    nowhere = between.url.replace(str(between.port), "1")
    variables = {"DATABASE_URL": nowhere, "DATABASE_MIGRATION_URL": on_postgresql.database.url}

    on_postgresql.tool(*migrate(on_postgresql), **variables)


@pytest.mark.parametrize("mode", ["require", "verify-ca", "verify-full"])
def test_tls(on_postgresql: Workbench, between: PrivateBroker, mode: str) -> None:
    """As a provider's URL says it; what asyncpg cannot do is said, once."""
    root = between.folder / "certificate.pem"
    url = f"{between.url}?sslmode={mode}&sslrootcert={root}&channel_binding=require"
    more = "&connect_timeout=10&keepalives=1&keepalives_idle=30&gssencmode=disable"

    said = ping(on_postgresql, url + more)

    (warning,) = [parse(line) for line in said.splitlines()]
    assert warning["level"] == "warning"
    assert warning["not_kept"] == ["channel_binding", "keepalives", "keepalives_idle"]


def test_tls_of_somebody_else(
    on_postgresql: Workbench, between: PrivateBroker, tmp_path: Path
) -> None:
    make_certificate(tmp_path)
    root = tmp_path / "certificate.pem"

    with pytest.raises(CommandError, match="UnavailableError"):
        ping(on_postgresql, f"{between.url}?sslmode=verify-full&sslrootcert={root}")


def ping(bench: Workbench, url: str) -> str:
    """Have the service ask its database; give what it logs."""
    variables = {"ENVIRONMENT": "production", "DATABASE_POOLER": "transaction"}
    return bench.tool("python", "-c", PING, DATABASE_URL=url, **variables)


def plain(server: PrivateBroker) -> str:
    """Give the URL of a pooler without TLS."""
    return f"{server.url}?sslmode=disable"


def migrate(bench: Workbench) -> tuple[str, ...]:
    """Name the program that migrates, without what `make` asks beforehand."""
    if bench.variant.answers["orm"] == "tortoise":
        return "python", "-m", "migrations.upgrade"
    return "alembic", "upgrade", "head"


def test_failover_of_postgresql(on_postgresql: Workbench) -> None:
    assert on_postgresql.database
    url = on_postgresql.database.url
    name = url.rpartition("/")[2]
    on_postgresql.make("migrate", DATABASE_URL=url)

    def make(setting: str) -> None:
        execute(POSTGRESQL.url(), f"ALTER DATABASE {name} {setting}")

    make("SET default_transaction_read_only = on")
    try:
        fail_over(
            serve(on_postgresql, DATABASE_URL=url),
            lambda: make("RESET default_transaction_read_only"),
        )
    finally:
        make("RESET default_transaction_read_only")


def test_failover_of_mysql(on_mysql: Workbench, replaceable: PrivateBroker) -> None:
    administer(replaceable, "SET GLOBAL read_only = 1")
    fail_over(
        serve(on_mysql, DATABASE_URL=replaceable.url),
        lambda: administer(replaceable, "SET GLOBAL read_only = 0"),
    )


def fail_over(server: Server, recover: Callable[[], None]) -> None:
    """A service begins where nothing can be written: it says so, and is well when that is over."""
    assert [add(server, "early"), add(server, "early")] == [503, 503]
    assert readiness(server) == (503, READ_ONLY)
    assert any(READ_ONLY in line for line in server.lines()), "its log says nothing of it"
    assert httpx2.get(f"{server.url}{ITEMS}").status_code == 200

    recover()

    answers = [add(server, f"late {number}") for number in range(5)]
    assert answers.count(503) <= 1, "all connections are replaced at once"
    assert answers[1:] == [201] * 4
    assert {readiness(server), readiness(server)} == {(200, "ok")}
    server.stop()
