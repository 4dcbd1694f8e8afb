"""The servers that variants need: where they are, and a database of one's own on them."""

import os
import socket
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import pytest

REQUIRED: Final = "GROUNDPLAN_REQUIRE_SERVICES"
"""Set to 1 (in CI), a server that is not there is a failure, and a reason to skip elsewhere."""


@dataclass(frozen=True)
class Service:
    """A server that is either named by a variable or looked for at its standard port."""

    name: str
    variable: str
    local: str
    replaceable: bool = False
    """Whether a generated service starts one of its own where none is named."""

    @property
    def place(self) -> str:
        """The URL at which it is looked for."""
        return os.environ.get(self.variable) or self.local

    def url(self) -> str:
        """Give its URL. Without it the test is skipped by its name; in CI, or if set, it fails."""
        if url := self.find():
            return url
        reason = (
            f"no {self.name} answers at {address(self.place)}: start one or set {self.variable}"
        )
        if os.environ.get(REQUIRED) == "1" or self.variable in os.environ:
            raise AssertionError(reason)
        pytest.skip(reason)

    def offered(self) -> str | None:
        """Give its URL, or nothing if a service can do without."""
        return self.find() if self.replaceable else self.url()

    def find(self) -> str | None:
        """Give its URL if something accepts connections there."""
        return self.place if connects(address(self.place)) else None


POSTGRESQL: Final = Service(
    "PostgreSQL",
    "TEST_POSTGRESQL_URL",
    "postgresql://postgres@127.0.0.1:5432/postgres",
    replaceable=True,
)

MYSQL: Final = Service("MySQL", "TEST_MYSQL_URL", "mysql://root@127.0.0.1:3306/mysql")

REDIS: Final = Service("Redis", "TEST_REDIS_URL", "redis://127.0.0.1:6379/0", replaceable=True)

RABBITMQ: Final = Service("RabbitMQ", "TEST_RABBITMQ_URL", "amqp://guest:guest@127.0.0.1:5672//")


def address(url: str) -> tuple[str, int]:
    """Take host and port out of a URL."""
    parts = urlsplit(url)
    if not parts.hostname or not parts.port:
        raise ValueError(f"a {parts.scheme} URL has to name its host and port")
    return parts.hostname, parts.port


def connects(place: tuple[str, int]) -> bool:
    """Whether something accepts connections there."""
    try:
        socket.create_connection(place, timeout=2).close()
    except OSError:
        return False
    return True
