"""The exact versions of what a proof runs on: programs, interpreters, servers, the system."""

import platform
import sqlite3
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final, cast

import psycopg
from kombu import Connection
from redis import Redis

from tests.harness.brokers import BROKERS
from tests.harness.commands import uv
from tests.harness.databases import SERVERS, execute_mysql
from tests.harness.redis_keys import CLIENTS
from tests.harness.services import MYSQL, POSTGRESQL, RABBITMQ, REDIS, Service

PROGRAMS: Final = ("make", "git")
ABOUT: Final = "import sys, sqlite3; print(sys.version, sqlite3.sqlite_version)"


@cache
def machine() -> dict[str, str]:
    """Name the system, and the programs that a service's verbs start."""
    system = platform.freedesktop_os_release() if platform.system() == "Linux" else {}
    return {
        "system": f"{platform.system()} {platform.machine()} {' '.join(platform.libc_ver())}",
        "release": " ".join(system.get(name, "") for name in ("ID", "VERSION_ID", "BUILD_ID")),
        "harness": f"{platform.python_version()} {sqlite3.sqlite_version}",
        **{name: said(name, "--version") for name in PROGRAMS},
        "uv": said(uv(), "--version"),
    }


@cache
def interpreter_version(path: Path) -> str:
    """Ask an interpreter what exactly it is, and which SQLite it brings."""
    return said(path, "-c", ABOUT)


def servers(features: frozenset[str]) -> dict[str, str]:
    """Name the servers that a variant may use, each with its version."""
    known = SERVERS | BROKERS | CLIENTS
    return {known[name].name: server_version(known[name]) for name in sorted(features & {*known})}


@cache
def server_version(server: Service) -> str:
    """Ask a server for its version; one that is not there has none."""
    url = server.find()
    return VERSIONS[server.name](url) if url else "not there"


def postgresql(url: str) -> str:
    """Ask PostgreSQL."""
    with psycopg.connect(url) as connection:
        return str(connection.execute("SELECT version()").fetchall())


def mysql(url: str) -> str:
    """Ask MySQL or MariaDB."""
    return str(execute_mysql(url, "SELECT VERSION()"))


def redis(url: str) -> str:
    """Ask Redis."""
    client: Any = cast("Any", Redis).from_url(url)
    return str(client.info("server")["redis_version"])


def rabbitmq(url: str) -> str:
    """Ask RabbitMQ, which tells it to whoever connects."""
    with Connection(url) as connection:
        properties: dict[str, Any] = connection.connection.server_properties
    return f"{properties.get('product')} {properties.get('version')}"


VERSIONS: Final[dict[str, Callable[[str], str]]] = {
    POSTGRESQL.name: postgresql,
    MYSQL.name: mysql,
    REDIS.name: redis,
    RABBITMQ.name: rabbitmq,
}


def said(*command: str | Path) -> str:
    """Give the first line that a program prints."""
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    return done.stdout.partition("\n")[0]
